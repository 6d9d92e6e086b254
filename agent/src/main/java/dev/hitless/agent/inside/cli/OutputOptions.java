package dev.hitless.agent.inside.cli;

import picocli.CommandLine.Option;

/** How a command tells what it has to tell. */
final class OutputOptions {
  @Option(
      names = "--json",
      description = "Print JSON; field names and codes stay the same from version to version.")
  boolean json;

  @Option(names = "--verbose", description = "Show the stack trace of what was not expected.")
  boolean verbose;
}
