package app;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server that asks for client certificates, and trusts what a PEM bundle holds: reads both files
 * at start and never again. Arguments: its keystore, the bundle; perhaps another bundle, which it
 * reads only.
 */
public final class MutualServer {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static final String ANSWER =
      "HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  private MutualServer() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(args[0])) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory identities =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identities.init(keys, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    KeyStore bundle = bundle(args[1]);
    if (args.length > 2) {
      bundle(args[2]);
    }
    trusted.init(bundle);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identities.getKeyManagers(), trusted.getTrustManagers(), null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(true);
    System.out.println("port " + listener.getLocalPort() + ".");
    while (true) {
      SSLSocket accepted = (SSLSocket) listener.accept();
      new Thread(() -> answer(accepted)).start();
    }
  }

  private static KeyStore bundle(String file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = new FileInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, each);
      }
    }
    return store;
  }

  private static void answer(SSLSocket accepted) {
    try (SSLSocket socket = accepted) {
      socket.setSoTimeout(20_000);
      byte[] request = new byte[1024];
      if (socket.getInputStream().read(request) > 0) {
        socket.getOutputStream().write(ANSWER.getBytes("US-ASCII"));
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      System.err.println("connection failed: " + e);
    }
  }
}
