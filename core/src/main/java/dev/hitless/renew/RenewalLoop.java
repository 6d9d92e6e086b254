package dev.hitless.renew;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of the one renewal thread: looks at each identity when it is time to.
 *
 * <p>It waits by the wall clock and sleeps for half a minute at the most, so that it notices within
 * that time that the machine was suspended or the clock was set. {@link #keep}, {@link #drop},
 * {@link #get} and {@link #stop} may be called by any thread and do not wait; all else happens on
 * the thread that calls {@link #run}. What throws is reported and tried again, and the loop goes
 * on.
 */
public final class RenewalLoop implements Runnable {
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
  private static final Duration SHORTEST_SLEEP = Duration.ofMillis(10);

  /** A look that takes longer has renewed something, or has tried to. */
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private final Map<Object, Renewal> renewals = new ConcurrentHashMap<>();
  private final Clock clock;
  private final BiConsumer<String, Throwable> failures;
  private volatile @Nullable Thread runner;
  private volatile boolean stopped;

  /**
   * Creates a loop.
   *
   * @param failures is told what went wrong and why, on the renewal thread
   */
  public RenewalLoop(Clock clock, BiConsumer<String, Throwable> failures) {
    this.clock = clock;
    this.failures = failures;
  }

  /** Keeps an identity renewed, unless one of the same key is kept already. */
  public void keep(Object key, Renewal renewal) {
    if (renewals.putIfAbsent(key, renewal) == null) {
      LockSupport.unpark(runner);
    }
  }

  /** Forgets an identity. */
  public void drop(Object key) {
    renewals.remove(key);
  }

  /** Returns what is kept renewed under a key, or null. */
  public @Nullable Renewal get(Object key) {
    return renewals.get(key);
  }

  /** Ends {@link #run} as soon as can be; an issuer that is being waited for is interrupted. */
  public void stop() {
    stopped = true;
    Thread running = runner;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Runs until {@link #stop}. To be called once, by the thread that the loop is to own. */
  @Override
  public void run() {
    runner = Thread.currentThread();
    while (!stopped) {
      Duration sleep = LONGEST_SLEEP;
      try {
        sleep = step();
      } catch (InterruptedException e) {
        continue; // to stop; a stranger's interrupt only makes it look again
      } catch (Throwable t) {
        report("The renewal thread stumbled and goes on", t);
      }
      if (!stopped) {
        LockSupport.parkNanos(this, sleep.toNanos());
      }
    }
  }

  /**
   * Looks at whatever it is time to look at.
   *
   * @return how long to sleep until the next time, half a minute at the most
   */
  Duration step() throws InterruptedException {
    Instant next = clock.instant().plus(LONGEST_SLEEP);
    for (Renewal renewal : renewals.values()) {
      if (stopped) {
        break;
      }
      long begun = System.nanoTime();
      try {
        Instant look = renewal.look(clock);
        next = look.isBefore(next) ? look : next;
        rest(System.nanoTime() - begun);
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable t) {
        report("The renewal of " + renewal + " failed and is tried again", t);
      }
    }
    Duration sleep = Duration.between(clock.instant(), next);
    if (sleep.compareTo(SHORTEST_SLEEP) < 0) {
      return SHORTEST_SLEEP;
    }
    return sleep.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : sleep;
  }

  /**
   * Takes a third of a processor, unless it is a slow one: the rest is for handshakes, and for the
   * thread that takes into service and proves what was renewed, when many are due at once.
   */
  private void rest(long tookNanos) {
    if (tookNanos > QUICK_NANOS) {
      LockSupport.parkNanos(this, Math.min(2 * tookNanos, LONGEST_REST_NANOS));
    }
  }

  private void report(String what, Throwable cause) {
    try {
      failures.accept(what, cause);
    } catch (Throwable ignored) {
      // Nothing is left to tell it to, and the loop has to go on.
    }
  }
}
