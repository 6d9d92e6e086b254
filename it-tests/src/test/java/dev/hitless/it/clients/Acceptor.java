package dev.hitless.it.clients;

import dev.hitless.it.cert.Identity;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * A server in this JVM that asks for client certificates; a thread for each connection, and a
 * context too, so that none resumes the session of another.
 */
final class Acceptor implements Watch {
  private static final long PATIENCE_SECONDS = 60;
  private static final int BACKLOG = 50;

  private final ServerContext context;
  private final Spoken spoken;
  private final ServerSocket listener;
  private volatile String lastEnd = "none";
  private final BlockingQueue<Seen> requests = new LinkedBlockingQueue<>();

  Acceptor(ServerContext context, Spoken spoken) throws IOException {
    this.context = context;
    this.spoken = spoken;
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    start("acceptor", this::accept);
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      for (int connection = 1; true; connection++) {
        Socket plain = listener.accept();
        int number = connection;
        start("connection " + number, () -> serve(plain, number));
      }
    } catch (IOException e) {
      requests.clear(); // closed
    }
  }

  private void serve(Socket plain, int connection) {
    try (plain) {
      spoken.beforeTls(new DataInputStream(plain.getInputStream()), plain.getOutputStream());
      SSLSocket socket =
          (SSLSocket)
              context.make().getSocketFactory().createSocket(plain, null, plain.getPort(), false);
      socket.setUseClientMode(false);
      socket.setNeedClientAuth(true);
      socket.startHandshake();
      X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      Seen seen = new Seen(connection, Identity.fingerprint(leaf));
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      spoken.begin(in, out);
      boolean goesOn = true;
      while (goesOn) {
        goesOn = spoken.answer(in, out);
        requests.add(seen);
        out.flush();
      }
      socket.close();
    } catch (IOException | GeneralSecurityException e) {
      lastEnd = e.toString(); // most are the client's, which may end a connection as it likes
    }
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public Seen next() throws IOException, InterruptedException {
    Seen seen = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (seen == null) {
      throw new IOException("no request has come to " + this);
    }
    return seen;
  }

  /** How the last connection has ended, for a failure's message. */
  @Override
  public String toString() {
    return spoken + " server, whose last connection ended with " + lastEnd;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
