package demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;

/**
 * The independent client, in a JVM of its own: makes full handshakes all the time, and keeps one
 * connection open, on which it makes a request for each line that it reads. Says on its standard
 * output what it sees, and ends when its input does.
 *
 * <pre>
 * handshake BEGUN ENDED FINGERPRINT    full, verified, and followed by a request that was answered
 * answer AT FINGERPRINT                on the open connection
 * failed AT WHAT
 * </pre>
 *
 * Times are microseconds since 1970.
 */
final class Client {
  private static final int LOOPS = 2; // so that a swap always meets a handshake on its way

  private final Https https;
  private final long pauseMs;

  private Client(Https https, long pauseMs) {
    this.https = https;
    this.pauseMs = pauseMs;
  }

  /** Arguments: the port, the file of the CA, milliseconds between a handshake and the next. */
  public static void main(String[] args) throws Exception {
    Https https = new Https(Integer.parseInt(args[0]), Path.of(args[1]));
    Client client = new Client(https, Long.parseLong(args[2]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    try (SSLSocket open = client.https.connect()) {
      client.ask(open);
      for (int i = 0; i < LOOPS; i++) {
        Thread loop = new Thread(client::handshakes, "handshakes " + i);
        loop.setDaemon(true);
        loop.start();
      }
      while (in.readLine() != null) {
        client.ask(open);
      }
    } catch (IOException e) {
      System.out.println("failed " + Micros.now() + " open connection: " + e);
    }
  }

  private void handshakes() {
    while (true) {
      long begun = Micros.now();
      try (SSLSocket socket = https.connect()) {
        long ended = Micros.now();
        Https.get(socket, false);
        System.out.println("handshake " + begun + " " + ended + " " + Https.presented(socket));
        Thread.sleep(pauseMs);
      } catch (Exception e) {
        System.out.println("failed " + begun + " handshake: " + e);
      }
    }
  }

  private void ask(SSLSocket open) {
    try {
      Https.get(open, true);
      System.out.println("answer " + Micros.now() + " " + Https.presented(open));
    } catch (Exception e) {
      System.out.println("failed " + Micros.now() + " open connection: " + e);
    }
  }
}
