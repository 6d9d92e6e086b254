package app;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * The plainest TLS server: reads a keystore at start and never again. Each line on its standard
 * input gives it one more context with a port; the end of it ends the server.
 */
public final class TlsServer {
  private static final char[] PASSWORD =
      System.getProperty("app.password", "changeit").toCharArray();
  private static final List<SSLContext> CONTEXTS = new ArrayList<>();

  private TlsServer() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    listen(args[0]);
    for (int c = System.in.read(); c >= 0; c = System.in.read()) {
      if (c == '\n') {
        listen(args[0]);
      }
    }
    System.exit(0);
  }

  static void listen(String keyStore) throws IOException, GeneralSecurityException {
    try (InputStream in = new FileInputStream(keyStore)) {
      listen(in);
    }
  }

  static void listen(InputStream keyStore) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(keyStore, PASSWORD);
    listen(keys);
  }

  static void listen(KeyStore keys) throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    CONTEXTS.add(context);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> accept(listener), "acceptor");
    thread.setDaemon(true);
    thread.start();
    System.out.println("port " + listener.getLocalPort() + ".");
  }

  private static void accept(SSLServerSocket listener) {
    while (true) {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        socket.getOutputStream().write('\n');
        socket.getOutputStream().flush();
      } catch (IOException e) {
        e.printStackTrace();
      }
    }
  }
}
