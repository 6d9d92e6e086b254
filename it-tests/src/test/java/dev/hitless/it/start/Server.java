package dev.hitless.it.start;

import dev.hitless.it.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A running {@code app.TlsServer} or a program that behaves like it. Ends with its stdin. */
final class Server implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A handshake takes time from the server that is to rotate. */
  private static final Duration BETWEEN_HANDSHAKES = Duration.ofMillis(100);

  private static final String LISTENS = "port ";

  private final Jvm.Started started;
  private int contexts;

  private Server(Jvm.Started started) {
    this.started = started;
  }

  static Server listening(Jvm.Started started) throws IOException, InterruptedException {
    Server server = new Server(started);
    server.awaitContext();
    return server;
  }

  /** Has the server make one more context with a key manager of its own; returns its port. */
  int newContext() throws IOException, InterruptedException {
    started.process().getOutputStream().write('\n');
    started.process().getOutputStream().flush();
    return awaitContext();
  }

  private int awaitContext() throws IOException, InterruptedException {
    contexts++;
    boolean listens =
        Await.until(PATIENCE, () -> ports().size() == contexts || !started.process().isAlive());
    if (!listens || ports().size() < contexts) {
      close();
      throw new IOException("the server does not listen; " + started.printed());
    }
    return ports().get(contexts - 1);
  }

  private List<Integer> ports() {
    try {
      return started
          .out()
          .lines()
          .filter(line -> line.startsWith(LISTENS) && line.endsWith("."))
          .map(line -> Integer.parseInt(line.substring(LISTENS.length(), line.length() - 1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return started.process().pid();
  }

  /** The port of its first context. */
  int port() {
    return ports().get(0);
  }

  /** The fingerprint of the certificate that its first context presents now. */
  String presents() throws IOException {
    return Client.fingerprint(port());
  }

  /** Fails unless its first context comes to present a certificate. */
  void mustComeToPresent(String fingerprint) throws IOException, InterruptedException {
    mustComeToPresent(fingerprint, port());
  }

  void mustComeToPresent(String fingerprint, int port) throws IOException, InterruptedException {
    boolean presented =
        Await.until(
            PATIENCE,
            BETWEEN_HANDSHAKES,
            () -> {
              try {
                return Client.fingerprint(port).equals(fingerprint);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    if (!presented) {
      Assertions.fail("the server does not present the new certificate; " + started.printed());
    }
  }

  /** Fails unless a text comes up on its error stream. */
  void mustSay(String text) throws IOException, InterruptedException {
    boolean said =
        Await.until(
            PATIENCE,
            () -> {
              try {
                return started.err().contains(text);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    if (!said) {
      Assertions.fail("the server does not say \"" + text + "\"; " + started.printed());
    }
  }

  /** What was printed so far. */
  String out() throws IOException {
    return started.out();
  }

  String err() throws IOException {
    return started.err();
  }

  @Override
  public void close() throws InterruptedException {
    started.process().destroyForcibly().waitFor();
  }
}
