package dev.hitless.it.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes connections on to a server, one after the other. It holds back what a client sends, from
 * its so manyth message on, until it is told to let go.
 */
final class HoldingProxy implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final int server;
  private final ServerSocket listener;
  private volatile int freely = Integer.MAX_VALUE;
  private volatile CountDownLatch held = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(1);

  /** Creates one before the server of a port of this machine. */
  HoldingProxy(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on lets so many messages of a client pass. */
  void holdAfter(int messages) {
    held = new CountDownLatch(1);
    released = new CountDownLatch(1);
    freely = messages;
  }

  /** Waits until it holds something back: the server has accepted the connection by then. */
  boolean isHolding() throws InterruptedException {
    return held.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Lets pass what was held back, and all that comes. */
  void release() {
    freely = Integer.MAX_VALUE;
    released.countDown();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept();
          Socket onward = new Socket(InetAddress.getLoopbackAddress(), server)) {
        Thread back = daemon(() -> pass(onward, client, false));
        pass(client, onward, true);
        back.join();
      } catch (IOException | InterruptedException e) {
        // Closed, or a client that has gone: its test says so.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean holding) {
    byte[] message = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int messages = 0;
      for (int length = in.read(message); length >= 0; length = in.read(message)) {
        if (holding && messages++ >= freely) {
          held.countDown();
          released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        out.write(message, 0, length);
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException e) {
      // The same.
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "holding-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
