package dev.hitless.agent.inside.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where passwords come from: files, the environment, but never the command line itself. */
final class PasswordOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is a password of keystores and keys; may be repeated.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--password-env",
      paramLabel = "VAR",
      description = "Environment variable that holds such a password; may be repeated.")
  private List<String> variables = new ArrayList<>();

  /** Only there to say why it is not there. */
  @Option(
      names = {"--password", "--pass", "--storepass", "--keypass"},
      hidden = true,
      arity = "0..1",
      fallbackValue = "")
  private @Nullable String inTheClear;

  /**
   * Reads the passwords.
   *
   * @throws ParameterException if one cannot be read, without repeating any
   */
  List<char[]> read(Surroundings surroundings) {
    if (inTheClear != null) {
      inTheClear = null;
      throw problem(
          "A password on the command line is seen by everybody who lists processes, and kept in the"
              + " shell's history. Put it into a file that only you can read and name that with"
              + " --password-file FILE, or into the environment and name the variable with"
              + " --password-env VAR; without either you are asked for it at a terminal.");
    }
    List<char[]> passwords = new ArrayList<>();
    for (Path file : files) {
      passwords.add(firstLine(file).toCharArray());
    }
    for (String variable : variables) {
      String value = surroundings.environment.apply(variable);
      if (value == null) {
        throw problem("The environment variable " + variable + " is not set.");
      }
      passwords.add(value.toCharArray());
    }
    return passwords;
  }

  private String firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw problem(
          "The password file " + file + " cannot be read (" + e.getClass().getSimpleName() + ").");
    }
  }

  private ParameterException problem(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
