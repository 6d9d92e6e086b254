package dev.hitless.it.policy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl s_client}: one connection and one request of HTTP. */
final class SClient {
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern ALERT = Pattern.compile("SSL routines:[^:]*:\\w+ alert ([a-z ]+):");
  private static final String REQUEST = "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n";

  private final Path folder;
  private final int port;
  private final String host;

  SClient(Path folder, int port) {
    this(folder, port, "localhost");
  }

  /**
   * Creates a client.
   *
   * @param host the name that it asks for
   */
  SClient(Path folder, int port, String host) {
    this.folder = folder;
    this.port = port;
    this.host = host;
  }

  /** Whether anything listens. */
  boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a request over a connection with these options is answered. */
  boolean answers(String... options) {
    try {
      return connect(options).equals("full");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Connects.
   *
   * @param options such as {@code -tls1_2}
   * @return {@code full} or {@code resumed} if the request was answered, else the alert that came,
   *     else all that openssl said
   */
  String connect(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-ign_eof"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", host));
    command.addAll(List.of(options));
    Path said = Files.createTempFile(folder, "openssl", ".out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It was refused before it could ask.
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "no end: " + Files.readString(said);
    }
    return outcome(Files.readString(said));
  }

  private static String outcome(String said) {
    if (said.contains("HTTP/1.")) {
      return said.contains("Reused, TLS") ? "resumed" : "full";
    }
    Matcher alert = ALERT.matcher(said);
    return alert.find() ? alert.group(1) : said;
  }
}
