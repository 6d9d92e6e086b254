package dev.hitless.it.probe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Full TLS 1.3 handshakes between engines on one thread; prints how many a second, and how much of
 * the thread's CPU time each took.
 */
public final class HandshakeRate {
  private static final int CHUNKS = 10;

  private HandshakeRate() {}

  /**
   * Runs it.
   *
   * @param args PKCS12 file, password, algorithm of the KeyManagerFactory, handshakes to warm up
   *     with, handshakes to measure, the most seconds that either may take; then, for handshakes in
   *     which both sides show and check certificates, a PKCS12 file of trusted ones
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    char[] password = args[1].toCharArray();
    KeyManager[] keys = Tls.keyManagers(Tls.keyStore(args[0], password), password, args[2]);
    boolean mutual = args.length > 6;
    SSLContext server;
    SSLContext client;
    if (mutual) {
      TrustManager[] trusted = Tls.trustManagers(Tls.keyStore(args[6], password));
      server = Tls.mutual(keys, trusted);
      client = Tls.mutual(keys, trusted);
    } else {
      server = Tls.server(keys);
      client = Tls.client();
    }
    long mostNanos = Long.parseLong(args[5]) * 1_000_000_000;
    run(server, client, mutual, Integer.parseInt(args[3]), mostNanos);
    double[] perSecond = new double[CHUNKS];
    double[] cpuMicros = new double[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      double[] chunk =
          run(server, client, mutual, Integer.parseInt(args[4]) / CHUNKS, mostNanos / CHUNKS);
      perSecond[i] = chunk[0];
      cpuMicros[i] = chunk[1];
    }
    System.out.printf(Locale.ROOT, "rate=%.2f%n", median(perSecond));
    System.out.printf(Locale.ROOT, "cpu=%.2f%n", median(cpuMicros));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  /**
   * Returns handshakes a second, and the CPU microseconds of each. Counts them rather than seconds,
   * since what the JIT has compiled depends on how often it ran.
   */
  private static double[] run(
      SSLContext server, SSLContext client, boolean mutual, int handshakes, long mostNanos)
      throws SSLException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    long count = 0;
    while (count < handshakes && System.nanoTime() - begun < mostNanos) {
      handshake(server.createSSLEngine(), client.createSSLEngine(), mutual);
      count++;
    }
    long nanos = System.nanoTime() - begun;
    return new double[] {
      count * 1e9 / nanos, (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / count
    };
  }

  private static void handshake(SSLEngine server, SSLEngine client, boolean mutual)
      throws SSLException {
    server.setUseClientMode(false);
    server.setNeedClientAuth(mutual);
    client.setUseClientMode(true);
    client.setEnabledProtocols(new String[] {"TLSv1.3"});
    new EnginePair(client, server).shakeHands();
    client.getSession().invalidate();
    server.getSession().invalidate();
  }
}
