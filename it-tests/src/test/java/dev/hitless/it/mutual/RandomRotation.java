package dev.hitless.it.mutual;

import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.TestCa;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Replaces the files of both sides at random, but never so that a careful operator would not: an
 * identity is issued below a root only after the other side trusts that, and a root is removed only
 * after no handshake with an identity below it is on its way. For one thread.
 */
final class RandomRotation {
  private static final int TRUST_ONE_IN = 4;
  private static final int RSA_ONE_IN = 5;
  private static final int LONGEST_PAUSE_MICROS = 20_000;

  private final Random random;
  private final List<TestCa> roots;
  private final Side server;
  private final Side client;
  private final Settling settling;

  /** Returns after all handshakes that had begun before have ended. */
  interface Settling {
    void settle() throws Exception;
  }

  RandomRotation(Random random, List<TestCa> roots, Side server, Side client, Settling settling) {
    this.random = random;
    this.roots = roots;
    this.server = server;
    this.client = client;
    this.settling = settling;
  }

  /** Does one thing. */
  void step() throws Exception {
    Side side = random.nextBoolean() ? server : client;
    Side other = side == server ? client : server;
    if (random.nextInt(TRUST_ONE_IN) > 0) {
      KeyKind kind = random.nextInt(RSA_ONE_IN) > 0 ? KeyKind.EC : KeyKind.RSA;
      side.reissue(any(List.copyOf(other.trusted())), kind);
      LockSupport.parkNanos(1_000L * random.nextInt(LONGEST_PAUSE_MICROS));
      return;
    }
    TestCa root = any(roots);
    if (!side.trusted().contains(root)) {
      side.trust(root);
      settling.settle();
    } else {
      List<TestCa> removable = new ArrayList<>(side.trusted());
      removable.remove(other.issuer());
      if (!removable.isEmpty()) {
        other.awaitIdentity();
        settling.settle();
        side.distrust(any(removable));
      }
    }
  }

  private TestCa any(List<TestCa> some) {
    return some.get(random.nextInt(some.size()));
  }
}
