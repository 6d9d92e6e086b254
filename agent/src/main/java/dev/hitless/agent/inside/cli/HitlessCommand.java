package dev.hitless.agent.inside.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is not one of the commands below it: an error that shows them. */
@Command(
    name = "java -jar hitless-agent.jar",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at TLS certificates, in files and as servers present them, and renews them.",
      "As an agent: java -javaagent:hitless-agent.jar -jar any-server.jar"
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = "%nCOMMAND --help tells more of each.")
final class HitlessCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  HitlessCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(surroundings.err, spec.commandLine().getColorScheme());
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
