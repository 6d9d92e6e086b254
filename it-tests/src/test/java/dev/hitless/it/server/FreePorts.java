package dev.hitless.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers, each given out once. They lie below the ephemeral range, from which a client's
 * own connections could take them between the check and the server's start. Safe for use by several
 * threads.
 */
public final class FreePorts {
  private static final int LOWEST = 11_000;
  private static final int HIGHEST = 31_000;

  private final AtomicInteger next =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - 1_000));

  public int next() {
    while (true) {
      int port = next.getAndIncrement();
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException inUse) {
        // The next one may be free.
      }
    }
  }
}
