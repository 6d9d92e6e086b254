package dev.hitless.renew;

import java.time.Duration;

/**
 * How long to wait after a failure: 1, 2, 2, 5, 10, 10, 10, 20 minutes and so on up to six hours,
 * for as long as it takes. Where the window is shorter than a quarter of an hour all of it shrinks
 * in proportion, and no wait is longer than a quarter of the window, so that several attempts fall
 * into any window.
 *
 * <p>Stateless and thread-safe.
 */
final class Backoff {
  private static final int[] MINUTES = {1, 2, 2, 5, 10, 10, 10, 20, 20, 30, 60, 60, 120, 180, 360};
  private static final Duration FULL = Duration.ofMinutes(15);
  private static final long LEAST_MILLIS = 100;

  private Backoff() {}

  /**
   * Returns how long to wait.
   *
   * @param failures how many there were in a row; at least 1
   * @param window how long before its expiry the certificate is renewed
   */
  static Duration after(int failures, Duration window) {
    long millis =
        Duration.ofMinutes(MINUTES[Math.min(Math.max(failures, 1), MINUTES.length) - 1]).toMillis();
    long whole = Math.max(1, window.toMillis());
    if (whole < FULL.toMillis()) {
      millis = (long) (millis * (whole / (double) FULL.toMillis()));
    }
    return Duration.ofMillis(Math.max(LEAST_MILLIS, Math.min(millis, whole / 4)));
  }
}
