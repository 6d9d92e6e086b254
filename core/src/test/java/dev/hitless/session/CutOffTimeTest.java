package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CutOffTimeTest {
  private final AtomicLong wallMillis = new AtomicLong(1_000_000);
  private final AtomicLong nanos = new AtomicLong(-7);
  private final CutOffTime time = new CutOffTime(new Wall(), nanos::get);

  /** A wall clock that is set by hand. */
  private final class Wall extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(wallMillis.get());
    }
  }

  private void pass(long millis) {
    wallMillis.addAndGet(millis);
    nanos.addAndGet(millis * 1_000_000);
  }

  @Test
  void isTheTimeOfTheWallClock() {
    pass(500);
    assertThat(time.next()).isEqualTo(1_000_500);
  }

  @Test
  void isLaterThanTheCutOffBeforeWithinOneMillisecond() {
    pass(500);
    assertThat(time.next()).isEqualTo(1_000_500);
    assertThat(time.next()).isEqualTo(1_000_501);
    assertThat(time.next()).isEqualTo(1_000_502);
  }

  @Test
  void coversSessionsThatWereDatedBeforeTheWallClockWasSetBack() {
    pass(500);
    wallMillis.addAndGet(-3_600_000);
    pass(500);
    assertThat(time.next()).isEqualTo(1_001_000);
  }

  @Test
  void followsAWallClockThatWasSetForward() {
    wallMillis.addAndGet(3_600_000);
    assertThat(time.next()).isEqualTo(4_600_000);
  }
}
