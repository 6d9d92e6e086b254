package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void climbsTheLadderToSixHoursAndStaysThere() {
    int[] minutes = {1, 2, 2, 5, 10, 10, 10, 20};
    for (int i = 0; i < minutes.length; i++) {
      assertThat(Backoff.after(i + 1, MONTH)).isEqualTo(Duration.ofMinutes(minutes[i]));
    }
    for (int i = 1; i < 40; i++) {
      assertThat(Backoff.after(i + 1, MONTH)).isGreaterThanOrEqualTo(Backoff.after(i, MONTH));
    }
    assertThat(Backoff.after(1000, MONTH)).isEqualTo(Duration.ofHours(6));
    assertThat(Backoff.after(Integer.MAX_VALUE, MONTH)).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void triesSeveralTimesInAnyWindow() {
    for (Duration window :
        new Duration[] {
          Duration.ofSeconds(2),
          Duration.ofSeconds(15),
          Duration.ofMinutes(10),
          Duration.ofHours(12)
        }) {
      Duration waited = Duration.ZERO;
      int attempts = 1;
      for (int i = 1; waited.compareTo(window) < 0; i++) {
        waited = waited.plus(Backoff.after(i, window));
        attempts++;
      }
      assertThat(attempts).as("in a window of %s", window).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void neverSpins() {
    assertThat(Backoff.after(1, Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    assertThat(Backoff.after(0, MONTH)).isEqualTo(Duration.ofMinutes(1));
  }
}
