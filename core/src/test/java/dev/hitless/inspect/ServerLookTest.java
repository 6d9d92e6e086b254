package dev.hitless.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.inspect.Problem.Kind;
import dev.hitless.material.Identity;
import dev.hitless.testing.SocketServer;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ServerLookTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final TestCa ca = TestCa.create("root");

  @Test
  void findsNothingWrongWithAServerThatVerifies() throws Exception {
    Identity identity = ca.issue("EC", "localhost");
    try (SocketServer server = new SocketServer(context(identity, identity.chainArray()))) {
      Presented presented =
          look(Trust.in(Collections.singletonList(ca.certificate())), server.port(), null);

      assertThat(presented.problems()).isEmpty();
      assertThat(presented.chain()).isEqualTo(identity.chain());
      assertThat(presented.protocol()).startsWith("TLSv1.");
      assertThat(presented.cipherSuite()).isNotEmpty();
      assertThat(presented.nameMatches()).isTrue();
      assertThat(presented.refusal()).isNull();
      assertThat(presented.asksForClient()).isFalse();
      assertThat(presented.broken()).isNull();
    }
  }

  @Test
  void showsWhatDoesNotVerify() throws Exception {
    Identity expired =
        ca.issue("EC", Instant.now().minus(LONG), Instant.now().minusSeconds(1), "other.example");
    try (SocketServer server = new SocketServer(context(expired, expired.chainArray()))) {
      Presented presented = look(Trust.in(Collections.emptyList()), server.port(), null);

      assertThat(kinds(presented))
          .containsExactlyInAnyOrder(Kind.EXPIRED, Kind.NAME_MISMATCH, Kind.NOT_TRUSTED);
      assertThat(presented.refusal()).isNotNull();
    }
  }

  @Test
  void judgesTheNameThatIsAskedFor() throws Exception {
    Identity identity = ca.issue("EC", "other.example");
    try (SocketServer server = new SocketServer(context(identity, identity.chainArray()))) {
      Trust trust = Trust.in(Collections.singletonList(ca.certificate()));

      assertThat(look(trust, server.port(), "other.example").problems()).isEmpty();
    }
  }

  @Test
  void saysThatTheIntermediateIsMissing() throws Exception {
    Identity identity = ca.intermediate("intermediate").issue("EC", "localhost");
    X509Certificate[] leafOnly = {identity.leaf()};
    try (SocketServer server = new SocketServer(context(identity, leafOnly))) {
      Presented presented =
          look(Trust.in(Collections.singletonList(ca.certificate())), server.port(), null);

      assertThat(kinds(presented)).containsExactlyInAnyOrder(Kind.ISSUER_MISSING, Kind.NOT_TRUSTED);
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> look(Trust.ofJdk(), port, null))
        .isInstanceOf(LookException.class)
        .hasMessageContaining("localhost:" + port + " refuses the connection");
  }

  @Test
  void saysThatAServerDoesNotSpeakTls() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerInPlain(plain));
      answering.start();
      assertThatThrownBy(() -> look(Trust.ofJdk(), plain.getLocalPort(), null))
          .isInstanceOf(LookException.class)
          .hasMessageContaining("does not speak TLS");
      answering.join();
    }
  }

  @Test
  void doesNotWaitForASilentServer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ServerLook look = new ServerLook(Instant.now(), Trust.ofJdk(), Duration.ofMillis(100));
      assertThatThrownBy(() -> look.at("localhost", silent.getLocalPort(), null))
          .isInstanceOf(LookException.class)
          .hasMessageContaining("no answer");
    }
  }

  private static void answerInPlain(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read();
      socket
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      while (socket.getInputStream().read() >= 0) {
        // Until the client has had enough.
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static Presented look(Trust trust, int port, String sni) throws LookException {
    return new ServerLook(Instant.now(), trust, LONG).at("localhost", port, sni);
  }

  private static List<Kind> kinds(Presented presented) {
    return presented.problems().stream().map(Problem::kind).collect(Collectors.toList());
  }

  private static SSLContext context(Identity identity, X509Certificate[] chain) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setKeyEntry("server", identity.key(), password, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
