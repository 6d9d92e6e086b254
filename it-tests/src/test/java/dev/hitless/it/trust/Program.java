package dev.hitless.it.trust;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM of a test's, which answers line by line; what it says beside is kept in a file. */
public final class Program implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Path errors;

  private Program(Process process, Path errors) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  public static Program start(Path folder, List<String> command) throws IOException {
    Path errors = Files.createTempFile(folder, "program", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return new Program(builder.start(), errors);
  }

  /** Waits for the next line. */
  public String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("it has ended: " + said());
    }
    return line;
  }

  /** Sends a line and waits for the answer. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    return line();
  }

  /** What it has said on its error stream. */
  String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
