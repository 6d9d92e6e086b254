package dev.hitless.it.client;

import dev.hitless.it.cert.Ask;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Full handshakes with one server, each verified against the test root and the host name. */
final class Handshakes {
  private static final int TIMEOUT_MS = 10_000;

  private final int port;
  private final TrustManagerFactory trust;

  Handshakes(Path root, int port) throws GeneralSecurityException, IOException {
    this.port = port;
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    try (InputStream in = Files.newInputStream(root)) {
      anchors.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
  }

  /** A connection whose handshake is done. A context of its own leaves it no session to resume. */
  SSLSocket connect(String host, Ask ask) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    Socket plain = new Socket();
    try {
      plain.setSoTimeout(TIMEOUT_MS);
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      ask.restrict(parameters);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  static String fingerprint(SSLSocket socket) throws GeneralSecurityException, IOException {
    byte[] leaf = socket.getSession().getPeerCertificates()[0].getEncoded();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf));
  }
}
