package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CutOffTimeTest {
  private final ManualClock wall = new ManualClock(Instant.ofEpochMilli(1_000_000));
  private final AtomicLong nanos = new AtomicLong(-7);
  private final CutOffTime time = new CutOffTime(wall, nanos::get);

  private void pass(long millis) {
    wall.advance(Duration.ofMillis(millis));
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
    wall.advance(Duration.ofHours(-1));
    pass(500);
    assertThat(time.next()).isEqualTo(1_001_000);
  }

  @Test
  void followsAWallClockThatWasSetForward() {
    wall.advance(Duration.ofHours(1));
    assertThat(time.next()).isEqualTo(4_600_000);
  }
}
