package demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The client in its own process: what it sees is added to what was seen, on a thread for that. */
final class Load implements AutoCloseable {
  private static final long TO_START = 60_000_000;
  private static final long TO_WARM_UP = 5_000_000;

  private final Seen seen;
  private final Process client;

  private Load(Seen seen, Process client) {
    this.seen = seen;
    this.client = client;
  }

  /** Waits until the server answers; returns false if it does not, or ends. */
  static boolean isUp(ProcessHandle server, int port, Path ca) throws Exception {
    Https https = new Https(port, ca);
    long until = Micros.now() + TO_START;
    while (server.isAlive() && Micros.now() < until) {
      try (var socket = https.connect()) {
        return true;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    return false;
  }

  /**
   * Starts the client.
   *
   * @param pauseMs between a handshake and the next
   * @param warm how many handshakes to wait for
   */
  static Load start(int port, Path ca, Seen seen, int pauseMs, int warm)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process client =
        new ProcessBuilder(java, "-cp", classPath, "demo.Client", "" + port, "" + ca, "" + pauseMs)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Load load = new Load(seen, client);
    Thread reader = new Thread(load::read, "client's output");
    reader.setDaemon(true);
    reader.start();
    seen.awaitHandshakes(warm, Micros.now() + TO_WARM_UP);
    return load;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(client.getInputStream()))) {
      lines.lines().forEach(seen::add);
    } catch (IOException | UncheckedIOException e) {
      seen.add("failed " + Micros.now() + " the client cannot be heard: " + e);
    }
  }

  /** Has a request made on the open connection; returns whether it was answered in time. */
  boolean ask(long until) throws InterruptedException {
    int answers = seen.answers();
    try {
      OutputStream ask = client.getOutputStream();
      ask.write('\n');
      ask.flush();
    } catch (IOException e) {
      seen.add("failed " + Micros.now() + " the client has ended: " + e);
      return false;
    }
    return seen.awaitAnswers(answers + 1, until);
  }

  @Override
  public void close() {
    client.destroy();
  }
}
