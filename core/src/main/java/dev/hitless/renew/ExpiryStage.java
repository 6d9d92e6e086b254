package dev.hitless.renew;

import java.time.Duration;
import java.time.Instant;

/** How near a certificate is to its end; in this order. */
public enum ExpiryStage {
  /** The window has not opened yet. */
  FAR,
  /** The window is open. */
  OPEN,
  /** A quarter of the window is left. */
  NEAR,
  /** The last day, or the last eighth of the window if that is less. */
  LAST,
  /** It is over. */
  EXPIRED;

  private static final Duration DAY = Duration.ofDays(1);

  /** Returns the stage of a certificate. */
  public static ExpiryStage of(Lifetime lifetime, Window window, Instant now) {
    Duration left = Duration.between(now, lifetime.expires());
    Duration whole = window.length(lifetime);
    Duration eighth = whole.dividedBy(8);
    if (left.isNegative() || left.isZero()) {
      return EXPIRED;
    }
    if (left.compareTo(eighth.compareTo(DAY) < 0 ? eighth : DAY) <= 0) {
      return LAST;
    }
    if (left.compareTo(whole.dividedBy(4)) <= 0) {
      return NEAR;
    }
    return left.compareTo(whole) <= 0 ? OPEN : FAR;
  }
}
