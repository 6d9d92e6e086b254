package dev.hitless.it.mutual;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client of another make, {@code openssl s_client}, that keeps one session with one server in a
 * file.
 */
public final class OpensslSession {
  private static final long PATIENCE_SECONDS = 60;
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final Path identity;
  private final Path session;
  private final String protocol;
  private final int port;

  /**
   * Creates one.
   *
   * @param protocol an option of {@code s_client}: {@code -tls1_2}, {@code -tls1_3}
   */
  public OpensslSession(Path folder, Identity identity, String protocol, int port)
      throws IOException, GeneralSecurityException {
    this.protocol = protocol;
    this.port = port;
    this.session = folder.resolve("session" + protocol + "-" + port);
    this.identity =
        Files.writeString(
            folder.resolve("identity" + protocol + "-" + port + ".pem"),
            Pem.certificates(identity.chain()) + Pem.key(identity.key()));
  }

  /** Connects with the certificate and keeps the session; answers as {@link #resume} does. */
  public String begin() throws IOException, InterruptedException {
    return connect("-sess_out", session.toString());
  }

  /**
   * Connects with the session: {@code resumed}, {@code full}, or {@code refused} with all it said.
   */
  public String resume() throws IOException, InterruptedException {
    return connect("-sess_in", session.toString());
  }

  private String connect(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of("-servername", "localhost", protocol, "-ign_eof"));
    // Java 8 resumes nothing of TLS 1.3 after it had to ask for another group.
    command.addAll(List.of("-groups", "P-256"));
    command.addAll(List.of("-cert", identity.toString(), "-cert_chain", identity.toString()));
    command.addAll(List.of("-key", identity.toString()));
    command.addAll(List.of(options));
    Path said = Files.createTempFile(session.getParent(), "openssl", ".out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try (var in = process.getOutputStream()) {
      in.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It has ended already, refused: what it said tells.
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("openssl has not ended: " + Files.readString(said));
    }
    String output = new String(Files.readAllBytes(said), StandardCharsets.ISO_8859_1);
    if (!output.contains("HTTP/1.")) {
      return "refused: " + output;
    }
    return output.contains("\nReused, ") ? "resumed" : "full: " + output;
  }

  @Override
  public String toString() {
    return "openssl s_client " + protocol + " with port " + port;
  }
}
