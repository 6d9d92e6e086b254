package dev.hitless.serve;

import dev.hitless.material.Identity;
import dev.hitless.testing.SocketServer;
import dev.hitless.testing.TlsClient;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** Handshakes, on two threads, with a server whose generations are swapped all the while. */
final class HandshakeRace {
  private static final int THREADS = 2;

  /** What a race takes place over. */
  enum Transport {
    ENGINES,
    SOCKETS
  }

  private final Transport transport;
  private final String[] protocols;
  private final long count;
  private final long deadlineNanos;
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<String, Integer> failures = new ConcurrentSkipListMap<>();
  private final Set<X509Certificate> presented = ConcurrentHashMap.newKeySet();
  private double swapsPerSecond;

  /**
   * Prepares a race.
   *
   * @param count how many handshakes, unless the time ends before
   * @param protocols taken in turn
   */
  HandshakeRace(Transport transport, long count, long mostMillis, String... protocols) {
    this.transport = transport;
    this.protocols = protocols;
    this.count = count;
    this.deadlineNanos = System.nanoTime() + mostMillis * 1_000_000;
  }

  /** Runs it, once. */
  HandshakeRace run(SwappingServer server, List<Identity> generations)
      throws IOException, InterruptedException {
    try (SocketServer sockets =
            transport == Transport.SOCKETS ? new SocketServer(server.context()) : null;
        Swapper swapper = new Swapper(server.swap(), generations)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread =
            new Thread(() -> race(server.context(), sockets == null ? -1 : sockets.port()));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      swapsPerSecond = swapper.rate();
    }
    return this;
  }

  private void race(SSLContext server, int port) {
    TlsClient client = new TlsClient();
    for (long n = begun.getAndIncrement();
        n < count && System.nanoTime() < deadlineNanos;
        n = begun.getAndIncrement()) {
      String protocol = protocols[(int) (n % protocols.length)];
      try {
        presented.add(
            port < 0 ? client.shakeHands(server, protocol) : client.shakeHands(port, protocol));
      } catch (IOException | RuntimeException e) {
        failed.incrementAndGet();
        failures.merge(protocol + " " + e, 1, Integer::sum);
      }
    }
  }

  /** Returns how many handshakes were begun; each has ended. */
  long handshakes() {
    return begun.get() - THREADS;
  }

  long failed() {
    return failed.get();
  }

  /** Returns how often each failure occurred. */
  Map<String, Integer> failures() {
    return failures;
  }

  /** Returns the leaves that clients have seen. */
  Set<X509Certificate> presented() {
    return presented;
  }

  double swapsPerSecond() {
    return swapsPerSecond;
  }
}
