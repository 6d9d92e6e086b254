package dev.hitless.it.probe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Makes contexts without a private key, as HTTP clients do; prints the time that one takes. */
public final class ContextCreation {
  private static final int CHUNKS = 20;

  private ContextCreation() {}

  /**
   * Runs it.
   *
   * @param args how many to warm up with, how many to measure
   */
  public static void main(String[] args) throws GeneralSecurityException {
    run(Integer.parseInt(args[0]));
    double[] nanos = new double[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      nanos[i] = run(Integer.parseInt(args[1]) / CHUNKS);
    }
    Arrays.sort(nanos);
    System.out.printf(Locale.ROOT, "nanos=%.1f%n", nanos[CHUNKS / 2]);
  }

  private static double run(int count) throws GeneralSecurityException {
    int seen = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      SSLContext context = Tls.client();
      seen += context.getProtocol().length();
    }
    long nanos = System.nanoTime() - begun;
    if (seen < count) {
      throw new IllegalStateException("a context without a protocol");
    }
    return (double) nanos / count;
  }
}
