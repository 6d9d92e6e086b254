package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.start.Probes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A running {@code app.SessionPeer}, which ends with its stdin, or another probe. */
final class Peer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final String ENDED = "ended by itself";

  private final Process process;
  private final Path errors;
  private final Writer in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Peer(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.in = process.outputWriter(StandardCharsets.US_ASCII);
    Thread reader =
        new Thread(
            () -> {
              BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
              try {
                out.lines().forEach(lines::add);
              } catch (UncheckedIOException e) {
                // Destroyed by close: nobody waits for a line any more.
              }
              lines.add(ENDED);
            },
            "peer-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one with its key, what it trusts, and what it trusts once it distrusts. */
  static Peer start(Jdk jdk, Path folder, List<String> options, List<Path> files)
      throws IOException {
    List<String> program = List.of("-cp", Probes.classes("sessions"), "app.SessionPeer");
    return startProgram(jdk, folder, options, program, files);
  }

  /** Starts another program of the probes: its class path, and its main class. */
  static Peer startProgram(
      Jdk jdk, Path folder, List<String> options, List<String> program, List<Path> files)
      throws IOException {
    Path errors = Files.createTempFile(folder, "peer", ".err");
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(Jdk.BRISK);
    command.addAll(options);
    command.addAll(program);
    files.forEach(file -> command.add(file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return new Peer(builder.start(), errors);
  }

  /** Tells it something and returns what it answers. */
  String ask(String line) throws IOException, InterruptedException {
    tell(line);
    return next();
  }

  void tell(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /** The next line that it prints. */
  String next() throws IOException, InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null || line.equals(ENDED)) {
      throw new IOException("no answer; standard error: " + errors());
    }
    return line;
  }

  /** Listens and returns the port. */
  int listen(Kind kind) throws IOException, InterruptedException {
    String answer = ask("listen " + kind.protocol() + " " + kind.transport());
    return Integer.parseInt(answer.substring("port ".length()));
  }

  /** Connects; returns full, resumed or refused. */
  String connect(Kind kind, int port) throws IOException, InterruptedException {
    String answer = ask(connecting(kind, port));
    return answer.startsWith("refused") ? "refused" : answer;
  }

  static String connecting(Kind kind, int port) {
    return "connect " + kind.protocol() + " " + kind.transport() + " " + port;
  }

  /** Fails unless a text comes up on its error stream. */
  void mustSay(String text) throws InterruptedException {
    mustSay(text, 1);
  }

  /** Fails unless a text comes up on its error stream so many times. */
  void mustSay(String text, int times) throws InterruptedException {
    boolean said =
        Await.until(
            Duration.ofSeconds(PATIENCE_SECONDS),
            () -> errors().split(Pattern.quote(text), -1).length > times);
    assertThat(said).as("it says \"%s\", but: %s", text, errors()).isTrue();
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
