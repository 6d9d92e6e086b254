package app;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;

/**
 * A TLS server that leaves everything to the JDK and its {@code javax.net.ssl.keyStore} properties.
 * The end of its standard input ends it.
 */
public final class DefaultContextServer {
  private DefaultContextServer() {}

  public static void main(String[] args) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            SSLServerSocketFactory.getDefault()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> accept(listener), "acceptor");
    thread.setDaemon(true);
    thread.start();
    System.out.println("port " + listener.getLocalPort() + ".");
    while (System.in.read() >= 0) {
      // Nothing it says matters.
    }
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
