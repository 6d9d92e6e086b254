package dev.hitless.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Shakes hands on a port of this machine and waits for the client to leave. What fails is seen by
 * the client, so nothing is counted here. Its threads end when it is closed.
 */
public final class SocketServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int BACKLOG = 200;
  private static final int TIMEOUT_MILLIS = 20_000;

  private final SSLServerSocket listening;
  private final ExecutorService connections = Executors.newFixedThreadPool(THREADS);

  /** Listens at once. */
  public SocketServer(SSLContext context) throws IOException {
    listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Returns the port. */
  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) listening.accept();
        connections.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      connections.shutdown(); // closed
    }
  }

  private static void serve(SSLSocket accepted) {
    try (SSLSocket socket = accepted) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.startHandshake();
      int more = 0;
      while (more >= 0) {
        more = socket.getInputStream().read();
      }
    } catch (IOException e) {
      return; // the client has seen it
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
