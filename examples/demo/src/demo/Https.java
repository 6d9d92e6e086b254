package demo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The server as a careful client sees it: trusts the demo CA only, and checks the name. */
final class Https {
  private static final int TIMEOUT_MS = 10_000;

  private final int port;
  private final TrustManager[] trust;

  Https(int port, Path ca) throws Exception {
    this.port = port;
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      anchors.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    trust = factory.getTrustManagers();
  }

  /** Connects and makes a handshake that is always a full one: no context, no session to resume. */
  SSLSocket connect() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust, null);
    Socket tcp = new Socket();
    try {
      tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      tcp.setSoTimeout(TIMEOUT_MS);
      tcp.setTcpNoDelay(true);
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", port, true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return tls;
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  /** Returns the fingerprint of what the server presented. */
  static String presented(SSLSocket socket) throws Exception {
    return Certificates.fingerprint(socket.getSession().getPeerCertificates()[0]);
  }

  /** Asks for the page and reads all of it. */
  static void get(SSLSocket socket, boolean keepAlive) throws IOException {
    String connection = keepAlive ? "keep-alive" : "close";
    String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = new BufferedInputStream(socket.getInputStream());
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase().startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
      }
    }
    if (in.readNBytes(length).length < length || !status.startsWith("HTTP/1.1 200")) {
      throw new IOException("answered \"" + status + "\"");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
