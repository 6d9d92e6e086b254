package dev.hitless.it.client;

import dev.hitless.it.cert.Ask;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;

/**
 * The client's main program. Arguments: the file of the test root, the server's port. Commands come
 * on standard input, one a line; results go to standard output, one a line. The end of input ends
 * the program.
 *
 * <pre>
 *   try  slot host ask      one handshake        → once slot fingerprint | refused slot reason
 *   loop slot host ask      handshakes for ever  → handshake slot start end fingerprint | failure slot start end reason
 *   hold host ask talk      opens the connection → answered | silent reason
 *   ask                     uses it              → answered | silent reason
 * </pre>
 */
public final class Client {
  private static final long PAUSE_MS = 20;

  private final Handshakes handshakes;

  /** The long-lived connection; owned by the main thread, as all of its state. */
  private Held held = new Held(null, null, null, "");

  private record Held(Talk talk, DataOutputStream out, DataInputStream in, String host) {}

  private Client(Handshakes handshakes) {
    this.handshakes = handshakes;
  }

  public static void main(String[] args) throws GeneralSecurityException, IOException {
    Client client = new Client(new Handshakes(Path.of(args[0]), Integer.parseInt(args[1])));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      client.run(line.split(" "));
    }
    System.exit(0);
  }

  private void run(String[] command) {
    switch (command[0]) {
      case "try" -> once(command[1], command[2], Ask.valueOf(command[3]));
      case "loop" -> loop(command[1], command[2], Ask.valueOf(command[3]));
      case "hold" -> hold(command[1], Ask.valueOf(command[2]), Talk.valueOf(command[3]));
      case "ask" -> ask();
      default -> throw new IllegalArgumentException("no such command: " + command[0]);
    }
  }

  private void once(String slot, String host, Ask ask) {
    try (SSLSocket socket = handshakes.connect(host, ask)) {
      print("once", slot, Handshakes.fingerprint(socket));
    } catch (IOException | GeneralSecurityException e) {
      print("refused", slot, oneLine(e));
    }
  }

  private void loop(String slot, String host, Ask ask) {
    Thread thread = new Thread(() -> handshakes(slot, host, ask), "loop " + slot);
    thread.setDaemon(true);
    thread.start();
  }

  private void handshakes(String slot, String host, Ask ask) {
    while (true) {
      long start = System.currentTimeMillis();
      try (SSLSocket socket = handshakes.connect(host, ask)) {
        String fingerprint = Handshakes.fingerprint(socket);
        print("handshake", slot, start, System.currentTimeMillis(), fingerprint);
      } catch (IOException | GeneralSecurityException e) {
        print("failure", slot, start, System.currentTimeMillis(), oneLine(e));
      }
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void hold(String host, Ask ask, Talk talk) {
    try {
      SSLSocket socket = handshakes.connect(host, ask);
      held =
          new Held(
              talk,
              new DataOutputStream(socket.getOutputStream()),
              new DataInputStream(socket.getInputStream()),
              host);
      talk.open(held.out, held.in);
      ask();
    } catch (IOException | GeneralSecurityException e) {
      print("silent", oneLine(e));
    }
  }

  private void ask() {
    try {
      held.talk.ask(held.out, held.in, held.host);
      print("answered");
    } catch (IOException e) {
      print("silent", oneLine(e));
    }
  }

  private static String oneLine(Exception e) {
    return e.toString().replaceAll("\\s+", " ");
  }

  private static void print(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    System.out.println(line);
  }
}
