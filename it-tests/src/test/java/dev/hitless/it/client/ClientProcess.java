package dev.hitless.it.client;

import dev.hitless.it.cert.Slot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client JVM and what it has reported so far. Commands are for one thread; a thread of its own
 * reads the reports, and ends with the process.
 */
public final class ClientProcess implements AutoCloseable {
  private static final long REPLY_SECONDS = 30;

  private final Process process;
  private final PrintStream commands;
  private final List<Handshake> handshakes = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

  /**
   * Starts a client that does nothing yet.
   *
   * @param root the file of the test root
   * @param port where the server listens, on 127.0.0.1
   */
  public ClientProcess(Path root, int port) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Path.of(Client.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .toString(),
                Client.class.getName(),
                root.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .start();
    commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "reports of the client");
    reader.setDaemon(true);
    reader.start();
  }

  /** One handshake now: the leaf's fingerprint, or {@code refused} and the reason. */
  public String tryOnce(Slot slot) throws InterruptedException {
    String reply = command("try %s %s %s".formatted(slot.name(), slot.host(), slot.ask()));
    return reply.startsWith("once ") ? reply.substring(reply.lastIndexOf(' ') + 1) : reply;
  }

  /** Starts a loop of handshakes that ends with this client. */
  public void loop(Slot slot) {
    commands.println("loop %s %s %s".formatted(slot.name(), slot.host(), slot.ask()));
  }

  /** Opens the long-lived connection and uses it: {@code answered}, or why not. */
  public String hold(Slot slot, Talk talk) throws InterruptedException {
    return command("hold %s %s %s".formatted(slot.host(), slot.ask(), talk));
  }

  /** Uses the long-lived connection once more: {@code answered}, or why not. */
  public String ask() throws InterruptedException {
    return command("ask");
  }

  /** The handshakes of all loops until now, in the order of their ends. */
  public List<Handshake> handshakes() {
    return List.copyOf(handshakes);
  }

  @Override
  public void close() {
    commands.close();
    process.destroyForcibly();
  }

  private String command(String line) throws InterruptedException {
    commands.println(line);
    String reply = replies.poll(REPLY_SECONDS, TimeUnit.SECONDS);
    return reply == null ? "the client does not reply to: " + line : reply;
  }

  private void read() {
    try (BufferedReader reports = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reports.readLine(); line != null; line = reports.readLine()) {
        String[] words = line.split(" ", 5);
        switch (words[0]) {
          case "handshake", "failure" ->
              handshakes.add(
                  new Handshake(
                      words[1],
                      Long.parseLong(words[2]),
                      Long.parseLong(words[3]),
                      words[0].equals("failure"),
                      words[4]));
          default -> replies.add(line);
        }
      }
    } catch (IOException e) {
      replies.add("the client's reports broke off: " + e);
    }
  }
}
