package dev.hitless.it.probe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Clients that resume their sessions with one server in memory, before, at and after a cut-off, and
 * the CPU time that a resumed handshake takes before and after.
 */
public final class Resumptions {
  private static final int CHUNKS = 20;
  private static final long PAUSE_NANOS = 1_000_000;

  private final AtomicInteger shown = new AtomicInteger();
  private final SSLContext server;
  private final SSLContext[] clients;
  private final String[] protocols;

  private Resumptions(KeyManager[] keys, int clients, String protocol)
      throws GeneralSecurityException {
    this.server = Tls.server(keys);
    this.protocols = new String[] {protocol};
    this.clients = new SSLContext[clients];
    for (int i = 0; i < clients; i++) {
      this.clients[i] = Tls.client(shown);
    }
  }

  /**
   * Runs it.
   *
   * @param args PKCS12 file, password, protocol, clients, handshakes to measure
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException, JMException {
    char[] password = args[1].toCharArray();
    KeyManager[] keys =
        Tls.keyManagers(
            Tls.keyStore(args[0], password), password, KeyManagerFactory.getDefaultAlgorithm());
    Resumptions run = new Resumptions(keys, Integer.parseInt(args[3]), args[2]);
    int handshakes = Integer.parseInt(args[4]);
    run.visitEach();
    run.cpuMicros(handshakes); // warms up
    print("before", run.visitEach());
    print("cpu-before", run.cpuMicros(handshakes));
    long begun = System.nanoTime();
    end();
    print("cut-off-millis", (System.nanoTime() - begun) / 1e6);
    print("at", run.visitEach());
    print("after", run.visitEach());
    run.cpuMicros(handshakes); // compiles what was woven
    print("cpu-after", run.cpuMicros(handshakes));
    print("after-all", run.visitEach());
  }

  private static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s=%.3f%n", name, value);
  }

  /** Ends all sessions, as an operator would. */
  private static void end() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.hitless:type=Status");
    while (!beans.isRegistered(name)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    beans.invoke(name, "endSessions", new Object[0], new String[0]);
  }

  /** Has each client connect once; returns the share of sessions that were resumed. */
  private double visitEach() throws SSLException {
    int resumed = 0;
    for (SSLContext client : clients) {
      resumed += handshake(client) ? 1 : 0;
    }
    return (double) resumed / clients.length;
  }

  /** Returns the CPU microseconds of a handshake that resumes a session; a median of chunks. */
  private double cpuMicros(int handshakes) throws SSLException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] micros = new double[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      long cpu = threads.getCurrentThreadCpuTime();
      int count = Math.max(1, handshakes / CHUNKS);
      for (int j = 0; j < count; j++) {
        handshake(clients[j % clients.length]);
      }
      micros[i] = (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / count;
    }
    Arrays.sort(micros);
    return (micros[(CHUNKS - 1) / 2] + micros[CHUNKS / 2]) / 2;
  }

  /** Returns whether a session was resumed. */
  private boolean handshake(SSLContext context) throws SSLException {
    SSLEngine serving = server.createSSLEngine();
    serving.setUseClientMode(false);
    SSLEngine client = context.createSSLEngine("localhost", 1);
    client.setUseClientMode(true);
    client.setEnabledProtocols(protocols);
    int before = shown.get();
    EnginePair pair = new EnginePair(client, serving);
    pair.shakeHands();
    pair.deliver();
    return shown.get() == before;
  }
}
