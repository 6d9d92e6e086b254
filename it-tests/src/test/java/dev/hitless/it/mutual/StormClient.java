package dev.hitless.it.mutual;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.start.Agent;
import dev.hitless.it.start.Probes;
import dev.hitless.it.trust.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The client that connects all the time, in a JVM of its own with hitless: java.net.http where
 * there is one, else HttpsURLConnection.
 */
final class StormClient implements AutoCloseable {
  private static final int FIRST_WITH_HTTP_CLIENT = 11;

  private final Program program;

  private StormClient(Program program) {
    this.program = program;
  }

  /** Starts it with the files of a side. */
  static StormClient start(Jdk jdk, Side side) throws IOException {
    boolean old = jdk.feature() < FIRST_WITH_HTTP_CLIENT;
    String classes = Probes.classes("storm");
    List<String> command = new ArrayList<>(List.of(jdk.java().toString(), Agent.flag()));
    command.addAll(side.options());
    command.add("-cp");
    command.add(old ? classes : Probes.classes("storm-http", FIRST_WITH_HTTP_CLIENT, classes));
    command.add(old ? "app.Storm" : "app.HttpStorm");
    Program program = Program.start(side.folder(), command);
    side.logsTo(program::said);
    return new StormClient(program);
  }

  /** Connects once with each of its contexts: {@code ok}, {@code failed} or {@code mixed}. */
  String tryOnce(int port) {
    return ask("try " + port).split(" ", 2)[0];
  }

  /**
   * Starts to connect, to several servers by turns.
   *
   * @param pause of each thread between two connections, in milliseconds
   */
  void go(int threads, int pause, Integer... ports) {
    StringBuilder line = new StringBuilder("go " + threads + " " + pause);
    for (Integer port : ports) {
      line.append(' ').append(port);
    }
    ask(line.toString());
  }

  Count count() {
    return Count.of(ask("count"));
  }

  /** Returns after all connections that had begun before have ended. */
  void settle() {
    ask("settle");
  }

  Count stop() {
    return Count.of(ask("stop"));
  }

  /** What it has said on its error stream: each failed connection, and hitless. */
  String said() {
    return program.said();
  }

  private String ask(String line) {
    try {
      return program.ask(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    program.close();
  }
}
