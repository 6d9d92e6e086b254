package dev.hitless.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where all classes pass. The few that are to carry hooks wait here until what gives them those is
 * ready, which the hitless thread sees to while the application starts; all others never wait.
 *
 * <p>Called by the JVM on whatever thread loads a class. Thread-safe. The wait has an end: then a
 * class passes as it is.
 */
final class Threshold implements ClassFileTransformer {
  /** Many times what it takes; in seconds. */
  private static final long MOST_WAIT = 10;

  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch woven = new CountDownLatch(1);
  private volatile @Nullable Thread own;
  private volatile @Nullable ClassFileTransformer weaving;

  /** Sets the thread that never waits. Before any class passes. */
  void own(Thread thread) {
    own = thread;
  }

  /** Has a transformer judge the classes that its own thread loads; and all, once this is open. */
  void weaving(ClassFileTransformer transformer) {
    weaving = transformer;
  }

  /** Lets go on what waits, and nothing will wait again. */
  void open() {
    open.countDown();
  }

  /** Says that classes which were loaded before have their hooks too; opens as well. */
  void woven() {
    open();
    woven.countDown();
  }

  /** Waits until classes which were loaded before have their hooks; as long as a class would. */
  void awaitWoven() throws InterruptedException {
    woven.await(MOST_WAIT, TimeUnit.SECONDS);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (open.getCount() > 0
        && Thread.currentThread() != own
        && (!HookedTypes.mayBe(loader, name) || !isOpenSoon())) {
      return null;
    }
    ClassFileTransformer then = weaving;
    try {
      return then == null ? null : then.transform(loader, name, redefined, domain, bytes);
    } catch (Throwable t) {
      return null; // It has told of whatever a person should know.
    }
  }

  private boolean isOpenSoon() {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_WAIT);
    try {
      while (true) {
        try {
          return open.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true; // Meant for the application, which is in the middle of a class.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
