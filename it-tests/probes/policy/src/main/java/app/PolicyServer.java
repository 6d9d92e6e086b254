package app;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An HTTP server of sockets that lets everybody in, and says so itself on each connection: TLS 1.2
 * or 1.3, no client certificate. Arguments: its keystore, and one of whom it would trust.
 */
public final class PolicyServer {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private PolicyServer() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    KeyManagerFactory identities =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identities.init(load(args[0]), PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(load(args[1]));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identities.getKeyManagers(), trusted.getTrustManagers(), null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    System.out.println("port " + listener.getLocalPort() + ".");
    while (true) {
      SSLSocket accepted = (SSLSocket) listener.accept();
      Thread thread = new Thread(() -> answer(accepted));
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static KeyStore load(String file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void answer(SSLSocket accepted) {
    try (SSLSocket socket = accepted) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
      socket.setNeedClientAuth(false);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), "US-ASCII"));
      String first = in.readLine();
      for (String line = first; line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes("US-ASCII"));
          socket.getOutputStream().flush();
          if (first.endsWith("HTTP/1.0")) {
            return;
          }
        }
      }
    } catch (IOException e) {
      System.out.println("a connection failed: " + e);
    }
  }
}
