package dev.hitless.agent.inside.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together and runs the one that was asked for. */
public final class Cli {
  private Cli() {}

  /**
   * Runs a command, on the calling thread.
   *
   * @param version what {@code --version} tells
   * @return the exit code, as the commands' help lists them
   */
  public static int run(String version, String[] arguments) {
    return run(version, Surroundings.ofProcess(), arguments);
  }

  static int run(String version, Surroundings surroundings, String... arguments) {
    Failures failures = new Failures(surroundings);
    CommandLine line =
        new CommandLine(new HitlessCommand(surroundings))
            .addSubcommand(new InspectCommand(surroundings, version))
            .addSubcommand(new RenewCommand(surroundings))
            .setOut(writer(surroundings.out))
            .setErr(writer(surroundings.err))
            .setColorScheme(Help.defaultColorScheme(surroundings.colours ? Ansi.ON : Ansi.OFF))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setAbbreviatedOptionsAllowed(false)
            .setTrimQuotes(false)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures);
    String[] told = {"hitless " + version, "Java " + System.getProperty("java.version")};
    line.getCommandSpec().versionProvider(() -> told);
    line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(() -> told));
    int code = line.execute(arguments);
    surroundings.out.flush();
    surroundings.err.flush();
    return code;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
  }
}
