package dev.hitless.agent.inside.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** What one command left behind. */
record Run(int exit, String out, String err) {
  /** Runs a command where the environment is a map and the terminal has one answer, or none. */
  static Run of(Map<String, String> environment, String typed, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment::get,
            question -> typed == null ? null : typed.toCharArray(),
            Clock.systemUTC(),
            false);
    int exit = Cli.run("1.2.3", surroundings, arguments);
    return new Run(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Run of(String... arguments) {
    return of(Map.of(), null, arguments);
  }

  String all() {
    return out + err;
  }
}
