package dev.hitless.it.policy;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.trust.Roots;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A connection of TLS 1.2 that stays open between its requests. */
final class OpenConnection implements AutoCloseable {
  private static final int TIMEOUT_MS = 60_000;

  private final SSLSocket socket;
  private final BufferedReader in;

  OpenConnection(TestCa trusted, int port) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(
        new ByteArrayInputStream(Roots.trustStore(trusted)), KeyFiles.PASSWORD.toCharArray());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    socket.startHandshake();
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Sends a request and returns the first line of the answer. */
  String ask() throws IOException {
    socket
        .getOutputStream()
        .write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    String first = in.readLine();
    String line = first;
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    return String.valueOf(first);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
