package dev.hitless.it.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Makes new handshakes with a server all the time, on several threads, while it renames one file
 * after the other into place; prints when each rename began and when the first handshake with the
 * new certificate had ended.
 */
public final class RenamingClient {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MOST_PAUSE_MILLIS = 50;

  /** How many renames are not measured: a server that runs for days is not at its first ones. */
  private static final int WARM = 100;

  /** How many handshakes before that, so that both JVMs have compiled what they run. */
  private static final int WARM_HANDSHAKES = 3_000;

  private static final int MOST_WARM_SECONDS = 30;

  private final int port;
  private final Queue<Long> handshakeNanos = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final BlockingQueue<Long> seen = new ArrayBlockingQueue<>(1);
  private volatile Certificate wanted;
  private volatile boolean stopped;

  private RenamingClient(int port, Certificate wanted) {
    this.port = port;
    this.wanted = wanted;
  }

  /**
   * Runs it.
   *
   * @param args port, folder of the generations, the file, how many renames, how many threads, the
   *     pause between two handshakes of a thread in microseconds
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    Generations generations = new Generations(args[1], args[2]);
    RenamingClient client = new RenamingClient(Integer.parseInt(args[0]), generations.leaf(0));
    for (int i = 0; i < Integer.parseInt(args[4]); i++) {
      Thread thread = new Thread(() -> client.loop(Long.parseLong(args[5])), "handshakes");
      thread.setDaemon(true);
      thread.start();
    }
    client.seen.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    client.rename(generations, Integer.parseInt(args[3]));
  }

  private void rename(Generations generations, int renames)
      throws IOException, InterruptedException {
    Random random = new Random(1);
    awaitWarm();
    for (int i = 1; i <= WARM + renames; i++) {
      if (i == WARM + 1) {
        handshakeNanos.clear();
      }
      TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(MOST_PAUSE_MILLIS));
      X509Certificate leaf = generations.leaf(i);
      seen.clear();
      wanted = leaf;
      long before = generations.publish(i);
      Long shown = seen.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      if (i == 1) {
        System.out.println("first-nanos=" + (shown == null ? -1 : shown - before));
      } else if (i > WARM) {
        System.out.println(
            "renamed "
                + leaf.getSerialNumber()
                + " "
                + before
                + " "
                + (shown == null ? -1 : shown));
      }
    }
    stopped = true;
    long[] nanos = handshakeNanos.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.println("handshakes=" + nanos.length);
    System.out.println("failures=" + failures);
    System.out.println("handshake-nanos=" + (nanos.length == 0 ? 0 : nanos[nanos.length / 2]));
  }

  private void awaitWarm() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WARM_SECONDS);
    while (handshakeNanos.size() < WARM_HANDSHAKES && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(MOST_PAUSE_MILLIS);
    }
  }

  private void loop(long pauseMicros) {
    try {
      SSLContext context = Tls.client();
      while (!stopped) {
        handshake(context);
        LockSupport.parkNanos(pauseMicros * 1_000);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handshake(SSLContext context) {
    long begun = System.nanoTime();
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.startHandshake();
      long now = System.nanoTime();
      if (socket.getSession().getPeerCertificates()[0].equals(wanted)) {
        seen.offer(now);
      }
      socket.getSession().invalidate();
      handshakeNanos.add(now - begun);
    } catch (IOException e) {
      if (failures.getAndIncrement() == 0) {
        System.err.println("first failure: " + e);
      }
    }
  }
}
