package dev.hitless;

import dev.hitless.serve.RotatingKeyManager;
import dev.hitless.serve.RotatingTrust;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The key managers and trusts that the application has made and the hitless thread has not bound
 * yet, each with the time at which it was made, or with what had been opened then.
 *
 * <p>Thread-safe; adding takes no lock.
 */
final class Arrivals {
  private static final class Manager {
    final RotatingKeyManager manager;
    final long madeNanos = System.nanoTime();

    Manager(RotatingKeyManager manager) {
      this.manager = manager;
    }
  }

  private static final class Trust {
    final RotatingTrust trust;
    final Openings seen;

    Trust(RotatingTrust trust, Openings seen) {
      this.trust = trust;
      this.seen = seen;
    }
  }

  private final Queue<Manager> managers = new ConcurrentLinkedQueue<>();
  private final Queue<Trust> trusts = new ConcurrentLinkedQueue<>();

  void add(RotatingKeyManager manager) {
    managers.add(new Manager(manager));
  }

  void add(RotatingTrust trust, Openings seen) {
    trusts.add(new Trust(trust, seen));
  }

  boolean isEmpty() {
    return managers.isEmpty() && trusts.isEmpty();
  }

  int size() {
    return managers.size() + trusts.size();
  }

  /** Binds the one that has waited longest, key managers first; to be asked once for each. */
  void bindNext(Binder binder, TrustBinder trustBinder) {
    Manager manager = managers.poll();
    if (manager != null) {
      binder.bind(manager.manager, manager.madeNanos);
      return;
    }
    Trust trust = trusts.poll();
    if (trust != null) {
      trustBinder.found(trust.trust, trust.seen);
    }
  }
}
