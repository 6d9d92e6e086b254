package dev.hitless.agent.inside.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one line what went wrong. What a person typed is not repeated beyond the name of an
 * option: it may be a password.
 *
 * <p>Immutable and thread-safe.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Surroundings surroundings;

  Failures(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String text =
        e instanceof UnmatchedArgumentException
            ? unmatched((UnmatchedArgumentException) e)
            : String.valueOf(e.getMessage());
    surroundings.err.println(Plain.line("hitless: " + text));
    if (e instanceof UnmatchedArgumentException) {
      UnmatchedArgumentException.printSuggestions(e, line.getErr());
    }
    surroundings.err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException e) {
    List<String> unmatched = e.getUnmatched();
    for (String each : unmatched) {
      if (each.startsWith("-")) {
        int equals = each.indexOf('=');
        return "There is no option " + (equals < 0 ? each : each.substring(0, equals)) + ".";
      }
    }
    boolean top = e.getCommandLine().getParent() == null;
    return top ? "There is no command " + unmatched.get(0) + "." : "There is an argument too many.";
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    surroundings.err.println(
        Plain.line("hitless: something unexpected happened: " + e)
            + " (--verbose shows more; please report it)");
    if (isVerbose(parsed)) {
      e.printStackTrace(surroundings.err);
    }
    return ExitCode.PROBLEMS;
  }

  private static boolean isVerbose(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return innermost.hasMatchedOption("--verbose");
  }
}
