package dev.hitless.agent.inside.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What the process gives to a command: streams, environment, terminal and clock.
 *
 * <p>Immutable; used by one thread.
 */
final class Surroundings {
  /** Asks a person at the terminal without showing the answer; answers null where nobody is. */
  interface Prompt {
    char @Nullable [] ask(String question);
  }

  final PrintStream out;
  final PrintStream err;
  final Function<String, @Nullable String> environment;
  final Prompt prompt;
  final Clock clock;
  final boolean colours;

  Surroundings(
      PrintStream out,
      PrintStream err,
      Function<String, @Nullable String> environment,
      Prompt prompt,
      Clock clock,
      boolean colours) {
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.prompt = prompt;
    this.clock = clock;
    this.colours = colours;
  }

  /** Returns those of this process. Colours need a terminal, and no {@code NO_COLOR}. */
  static Surroundings ofProcess() {
    return new Surroundings(
        System.out,
        System.err,
        System::getenv,
        Surroundings::askTerminal,
        Clock.systemUTC(),
        System.getenv("NO_COLOR") == null && Ansi.AUTO.enabled());
  }

  /** Returns a stream to the standard output in UTF-8, as JSON has to be (RFC 8259). */
  PrintStream utf8() {
    try {
      return out == System.out
          ? new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8")
          : new PrintStream(out, true, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // Null before Java 22 only; isTerminal tells after.
  private static char @Nullable [] askTerminal(String question) {
    Console console = System.console();
    return console != null && isTerminal(console) ? console.readPassword("%s", question) : null;
  }

  /** From Java 22 on there may be a console without a terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
