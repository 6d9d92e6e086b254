package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.TestCa;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryStageTest {
  private static final TestCa CA = TestCa.create("Expiry CA");
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Window WINDOW =
      new Window(Duration.ofDays(30), Duration.ofHours(1), f -> 0.9);

  private static ExpiryStage stage(Duration length, Duration age) {
    Lifetime lifetime =
        Lifetime.of(CA.issue("EC", START, START.plus(length), "e.test").leaf(), START, START);
    return ExpiryStage.of(lifetime, WINDOW, START.plus(age));
  }

  @Test
  void ofAYearFollowTheWindowOfThirtyDays() {
    Duration year = Duration.ofDays(365);
    assertThat(stage(year, Duration.ofDays(334))).isEqualTo(ExpiryStage.FAR);
    assertThat(stage(year, Duration.ofDays(335))).isEqualTo(ExpiryStage.OPEN);
    assertThat(stage(year, Duration.ofDays(357))).isEqualTo(ExpiryStage.OPEN);
    assertThat(stage(year, Duration.ofHours(365 * 24 - 180))).isEqualTo(ExpiryStage.NEAR);
    assertThat(stage(year, Duration.ofDays(364))).isEqualTo(ExpiryStage.LAST);
    assertThat(stage(year, year)).isEqualTo(ExpiryStage.EXPIRED);
  }

  @Test
  void comeInTheirOrderHoweverShortTheWindowIs() {
    Window hours = new Window(Duration.ofHours(8), Duration.ofHours(1), f -> 0);
    for (int days : new int[] {1, 9, 11, 365}) {
      Instant end = START.plus(Duration.ofDays(days));
      Lifetime lifetime = Lifetime.of(CA.issue("EC", START, end, "e.test").leaf(), START, START);
      assertThat(ExpiryStage.of(lifetime, hours, end.minus(Duration.ofMinutes(481))))
          .isEqualTo(ExpiryStage.FAR);
      assertThat(ExpiryStage.of(lifetime, hours, end.minus(Duration.ofMinutes(121))))
          .isEqualTo(ExpiryStage.OPEN);
      assertThat(ExpiryStage.of(lifetime, hours, end.minus(Duration.ofMinutes(61))))
          .isEqualTo(ExpiryStage.NEAR);
      assertThat(ExpiryStage.of(lifetime, hours, end.minus(Duration.ofMinutes(60))))
          .isEqualTo(ExpiryStage.LAST);
    }
  }

  @Test
  void ofAMinuteFollowItsOwnWindow() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(stage(minute, Duration.ofSeconds(29))).isEqualTo(ExpiryStage.FAR);
    assertThat(stage(minute, Duration.ofSeconds(30))).isEqualTo(ExpiryStage.OPEN);
    assertThat(stage(minute, Duration.ofMillis(52_600))).isEqualTo(ExpiryStage.NEAR);
    assertThat(stage(minute, Duration.ofSeconds(56))).isEqualTo(ExpiryStage.NEAR);
    assertThat(stage(minute, Duration.ofMillis(56_300))).isEqualTo(ExpiryStage.LAST);
    assertThat(stage(minute, Duration.ofSeconds(61))).isEqualTo(ExpiryStage.EXPIRED);
  }
}
