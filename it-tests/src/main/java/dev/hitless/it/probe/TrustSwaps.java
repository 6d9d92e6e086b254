package dev.hitless.it.probe;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Checks a client's chain again and again, as handshakes do, while the large bundle of trusted
 * certificates behind the trust manager is replaced; prints the longest check.
 */
public final class TrustSwaps {
  private static final long PAUSE_NANOS = 200_000;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private TrustSwaps() {}

  /**
   * Runs it.
   *
   * @param args the bundle to follow, the two bundles to put in its place by turns, the file of the
   *     client's certificate, and how often
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    TimeUnit.SECONDS.sleep(1); // a file that is read as a JVM starts is not always followed
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(bundle(args[0]));
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    X509Certificate[] chain;
    try (InputStream in = new FileInputStream(args[3])) {
      chain =
          new X509Certificate[] {
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in)
          };
    }
    int swaps = Integer.parseInt(args[4]);
    Checks checks = new Checks(manager, chain);
    Thread thread = new Thread(checks, "checks");
    thread.setDaemon(true);
    thread.start();
    TimeUnit.SECONDS.sleep(3); // long enough for the origin to be found
    swap(manager, args, 0); // and once for what is cold
    checks.report("before");
    idle(swaps);
    checks.report("idle");
    for (int i = 1; i <= swaps; i++) {
      swap(manager, args, i);
    }
    checks.report("swaps");
    System.out.println("failed=" + checks.failed);
    System.out.println("hitless-cpu-millis=" + hitlessCpuMillis() / (swaps + 1.0));
  }

  private static KeyStore bundle(String file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    try (InputStream in = new FileInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, each);
      }
    }
    return store;
  }

  private static void swap(X509TrustManager manager, String[] args, int number) throws IOException {
    int before = manager.getAcceptedIssuers().length;
    Path next = Paths.get(args[0] + ".next");
    Files.copy(Paths.get(args[1 + number % 2]), next, StandardCopyOption.REPLACE_EXISTING);
    Files.move(next, Paths.get(args[0]), StandardCopyOption.ATOMIC_MOVE);
    await(manager, before);
  }

  private static void await(X509TrustManager manager, int other) {
    long begun = System.nanoTime();
    while (manager.getAcceptedIssuers().length == other) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IllegalStateException("the bundle was replaced, and nothing followed");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** As long as that many swaps take, roughly. */
  private static void idle(int swaps) {
    long end = System.nanoTime() + swaps * 1_500_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static double hitlessCpuMillis() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("hitless")) {
        return threads.getThreadCpuTime(id) / 1e6;
      }
    }
    return -1;
  }

  /** One check after the other. */
  private static final class Checks implements Runnable {
    private final X509TrustManager manager;
    private final X509Certificate[] chain;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private volatile long id;
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong longestCpu = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private long blockedBefore;
    private long collectedBefore;

    Checks(X509TrustManager manager, X509Certificate[] chain) {
      this.manager = manager;
      this.chain = chain;
      threads.setThreadContentionMonitoringEnabled(true);
    }

    @Override
    public void run() {
      id = Thread.currentThread().getId();
      while (!Thread.interrupted()) {
        long begun = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        try {
          manager.checkClientTrusted(chain, "EC");
        } catch (CertificateException e) {
          failed.incrementAndGet();
        }
        longestCpu.accumulateAndGet(threads.getCurrentThreadCpuTime() - cpu, Math::max);
        longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        count.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    void report(String phase) {
      ThreadInfo info = threads.getThreadInfo(id);
      long blocked = info.getBlockedTime();
      long collected = 0;
      for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
        collected += each.getCollectionTime();
      }
      System.out.println(phase + "-wall-millis=" + longest.getAndSet(0) / 1e6);
      System.out.println(phase + "-cpu-millis=" + longestCpu.getAndSet(0) / 1e6);
      System.out.println(phase + "-blocked-millis=" + (blocked - blockedBefore));
      System.out.println(phase + "-gc-millis=" + (collected - collectedBefore));
      System.out.println(phase + "-checks=" + count.getAndSet(0));
      blockedBefore = blocked;
      collectedBefore = collected;
    }
  }
}
