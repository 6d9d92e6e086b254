package dev.hitless.session;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Gives the time of a cut-off: no earlier than that of any session made so far, although the wall
 * clock, by which sessions are dated, may have been set back since.
 *
 * <p>Owned by the hitless thread.
 */
final class CutOffTime {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Clock clock;
  private final LongSupplier nanoTime;
  private long highestMillis;
  private long seenNanos;

  /**
   * Notes the time.
   *
   * @param clock the wall clock that dates sessions
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  CutOffTime(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.highestMillis = clock.millis();
    this.seenNanos = nanoTime.getAsLong();
  }

  /** Returns the time of a cut-off that is made now, in milliseconds; later than the one before. */
  long next() {
    long nanos = nanoTime.getAsLong();
    long wentOn = highestMillis + (nanos - seenNanos) / NANOS_PER_MILLI;
    highestMillis = Math.max(clock.millis(), Math.max(wentOn, highestMillis + 1));
    seenNanos = nanos;
    return highestMillis;
  }
}
