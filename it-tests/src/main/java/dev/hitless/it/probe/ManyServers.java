package dev.hitless.it.probe;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * A process of many server identities, each from a PEM file of its own. One thread makes full
 * handshakes with them in turn, and prints every second how many it made: {@code rate <milliseconds
 * since 1970> <handshakes>}.
 */
public final class ManyServers {
  private ManyServers() {}

  /**
   * Runs it until its standard input ends.
   *
   * @param args the folder of the files {@code 0.pem} and so on, how many
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    TimeUnit.SECONDS.sleep(1); // a file that is read as a JVM starts is not always followed
    char[] password = "changeit".toCharArray();
    List<SSLContext> servers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      servers.add(
          Tls.server(
              Tls.keyManagers(
                  PemFile.keyStore(args[0] + "/" + i + ".pem", password), password, "SunX509")));
    }
    Thread thread = new Thread(() -> handshakes(servers), "handshakes");
    thread.setDaemon(true);
    thread.start();
    int said = System.in.read();
    while (said >= 0) {
      said = System.in.read();
    }
  }

  private static void handshakes(List<SSLContext> servers) {
    try {
      SSLContext client = Tls.client();
      int next = 0;
      while (true) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        int count = 0;
        while (System.nanoTime() < end) {
          handshake(servers.get(next++ % servers.size()).createSSLEngine(), client);
          count++;
        }
        System.out.println("rate " + System.currentTimeMillis() + " " + count);
      }
    } catch (GeneralSecurityException | IOException e) {
      System.out.println("failed " + e);
    }
  }

  private static void handshake(SSLEngine server, SSLContext clients) throws SSLException {
    SSLEngine client = clients.createSSLEngine();
    server.setUseClientMode(false);
    client.setUseClientMode(true);
    new EnginePair(client, server).shakeHands();
    client.getSession().invalidate();
    server.getSession().invalidate();
  }
}
