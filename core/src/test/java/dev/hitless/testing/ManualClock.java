package dev.hitless.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test moves. Thread-safe. */
public final class ManualClock extends Clock {
  private volatile Instant now;

  /** Creates one that stands still. */
  public ManualClock(Instant start) {
    now = start;
  }

  /** Moves it on, or back. */
  public void advance(Duration time) {
    now = now.plus(time);
  }

  /** Sets it. */
  public void set(Instant time) {
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
