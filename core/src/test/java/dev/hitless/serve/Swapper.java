package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Swaps one generation for the next on a thread of its own, some thousand times a second, until it
 * is closed.
 */
final class Swapper implements AutoCloseable {
  private static final long PAUSE_NANOS = 50_000;

  /** Puts a generation in service. */
  interface Swap {
    void to(Identity next) throws GeneralSecurityException;
  }

  private final Thread thread = new Thread(this::run, "swapper");
  private final Swap swap;
  private final List<Identity> generations;
  private final long begun = System.nanoTime();
  private volatile boolean stopped;
  private volatile long swaps;
  private volatile @Nullable Throwable failure;

  Swapper(Swap swap, List<Identity> generations) {
    this.swap = swap;
    this.generations = generations;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (long n = 1; !stopped; n++) {
        swap.to(generations.get((int) (n % generations.size())));
        swaps = n;
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      failure = e;
    }
  }

  /** Returns the swaps per second so far. */
  double rate() {
    return swaps * 1e9 / (System.nanoTime() - begun);
  }

  /** Ends the thread; throws what ended it before. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new IllegalStateException("swapping failed", failure);
    }
  }
}
