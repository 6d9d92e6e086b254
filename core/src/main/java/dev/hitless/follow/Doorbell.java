package dev.hitless.follow;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one thread out of a blocking wait by an interrupt, and never at any other time: an
 * interrupt that came late would close the next file channel that the thread reads.
 *
 * <p>{@link #ring} may be called by any thread; it takes no lock and does not wait. {@link #listen}
 * and {@link #ignore} belong to the one waiting thread.
 */
final class Doorbell {
  private static final int BUSY = 0;
  private static final int LISTENING = 1;
  private static final int RINGING = 2;
  private static final int RUNG = 3;
  private static final long PAUSE_NANOS = 10_000;

  private final AtomicInteger state = new AtomicInteger(BUSY);
  private volatile @Nullable Thread listener;

  /** Interrupts the thread if it is between {@link #listen} and {@link #ignore}. */
  void ring() {
    if (state.get() != LISTENING || !state.compareAndSet(LISTENING, RINGING)) {
      return;
    }
    try {
      Thread thread = listener;
      if (thread != null) {
        interrupt(thread);
      }
    } finally {
      state.set(RUNG);
    }
  }

  /**
   * From now on a ring interrupts the calling thread; what was asked for before is not repeated.
   */
  void listen() {
    listener = Thread.currentThread();
    state.set(LISTENING);
  }

  /**
   * Ends what {@link #listen} began. When it returns no interrupt of ours is pending or on its way,
   * and one from elsewhere is forgotten too.
   */
  void ignore() {
    if (!state.compareAndSet(LISTENING, BUSY)) {
      while (state.get() != RUNG) {
        Thread.interrupted();
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
      state.set(BUSY);
    }
    Thread.interrupted();
  }

  /** Privileged: with a SecurityManager an application thread may not interrupt others. */
  private static void interrupt(Thread thread) {
    AccessController.doPrivileged(
        (PrivilegedAction<@Nullable Void>)
            () -> {
              thread.interrupt();
              return null;
            });
  }
}
