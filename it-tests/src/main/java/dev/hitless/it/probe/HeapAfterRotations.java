package dev.hitless.it.probe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server whose file is replaced as fast as it is followed; prints the heap now and then. */
public final class HeapAfterRotations {
  private static final long TIMEOUT_MILLIS = 20_000;

  private HeapAfterRotations() {}

  /**
   * Runs it.
   *
   * @param args folder of the generations, PKCS12 file, password, how many rotations, how many
   *     times to look at the heap
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    Generations generations = new Generations(args[0], args[1]);
    char[] password = args[2].toCharArray();
    KeyStore store = Tls.keyStore(args[1], password);
    KeyManager[] keys = Tls.keyManagers(store, password, KeyManagerFactory.getDefaultAlgorithm());
    SSLContext context = Tls.server(keys);
    Answers answers = new Answers(keys);
    int rotations = Integer.parseInt(args[3]);
    int each = Math.max(1, rotations / Integer.parseInt(args[4]));
    long begun = System.nanoTime();
    for (int i = 1; i <= rotations; i++) {
      generations.publish(i);
      if (answers.await(generations.leaf(i), TIMEOUT_MILLIS) < 0) {
        throw new IllegalStateException("rotation " + i + " was not followed");
      }
      if (i % each == 0) {
        Heap.print(i);
      }
    }
    System.out.println("cpu-millis=" + cpuNanosOfHitless() / 1e6 / rotations);
    System.out.println("seconds=" + (System.nanoTime() - begun) / 1e9);
    System.out.println("protocol=" + context.getProtocol());
  }

  private static long cpuNanosOfHitless() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("hitless")) {
        return threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return 0;
  }
}
