package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import java.time.Duration;
import java.time.Instant;

/**
 * What is to be done about one certificate, and when: its window, its history and the clock put
 * together.
 *
 * <p>Immutable and thread-safe.
 */
final class Schedule {
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private final Window window;
  private final Fingerprint fingerprint;
  private final Lifetime lifetime;
  private final Instant due;
  private final Instant attempt;

  /**
   * Works out the schedule of a certificate.
   *
   * @param seen when the certificate was seen first
   * @param now for a clock that was set back: a failure that lies in the future delays nothing
   */
  Schedule(Window window, Identity identity, History history, Instant seen, Instant now) {
    this.window = window;
    this.fingerprint = identity.fingerprint();
    this.lifetime = Lifetime.of(identity.leaf(), seen, history.issuedOf(identity.fingerprint()));
    this.due = later(window.due(lifetime, identity.fingerprint()), window.fresh(lifetime));
    Instant failed = history.failedAt();
    int failures = history.failuresOf(identity.fingerprint());
    this.attempt =
        failures == 0 || failed == null || failed.isAfter(now)
            ? due
            : later(due, failed.plus(Backoff.after(failures, window.length(lifetime))));
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  Lifetime lifetime() {
    return lifetime;
  }

  /** Returns from when on it is renewed. */
  Instant due() {
    return due;
  }

  /** Returns the next attempt: when it is due, or after the rest that follows a failure. */
  Instant attempt() {
    return attempt;
  }

  boolean isDue(Instant now) {
    return !now.isBefore(due);
  }

  /** Returns when to look next: at the attempt, but not later than is usual, nor at once. */
  Instant look(Instant now) {
    Duration usual = window.checks(lifetime);
    Instant next = now.plus(usual);
    return attempt.isAfter(now) && attempt.isBefore(next) ? attempt : next;
  }

  /** Returns whether the attempt is made at the next look, or in half a minute. */
  boolean isLastLook(Instant now) {
    return !attempt.isAfter(now.plus(HALF_A_MINUTE)) || !attempt.isAfter(look(now));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
