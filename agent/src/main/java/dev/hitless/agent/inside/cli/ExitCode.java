package dev.hitless.agent.inside.cli;

/** The exit codes, which scripts rely on: they never change. */
final class ExitCode {
  /** Done; nothing to complain about. */
  static final int OK = 0;

  /** Problems were found, or what was asked for failed. */
  static final int PROBLEMS = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** Something that was asked for could not be read or reached. */
  static final int UNREADABLE = 3;

  /** Nothing was renewed, since nothing is due. */
  static final int NOT_DUE = 10;

  private ExitCode() {}
}
