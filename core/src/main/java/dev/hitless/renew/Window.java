package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/**
 * When a certificate is to be renewed, and how often to look: bounds that a person configured, cut
 * to what fits the lifetime of each certificate.
 *
 * <p>Immutable and thread-safe, as long as the function it was given is.
 */
public final class Window {
  private static final Duration SHORT = Duration.ofDays(10);
  private static final Duration MOST_JITTER = Duration.ofDays(1);
  private static final Duration REAL = Duration.ofDays(1);
  private static final Duration LEAST_OF_REAL = Duration.ofMinutes(1);
  private static final Duration LEAST = Duration.ofMillis(100);

  private final Duration longest;
  private final Duration checks;
  private final ToDoubleFunction<Fingerprint> draw;

  /**
   * Creates a window.
   *
   * @param longest how long before the expiry a renewal starts at the earliest, jitter aside
   * @param checks how often to look at the longest
   * @param draw a number from 0 (inclusive) to 1 for each certificate, always the same for the same
   *     one, by which renewals are spread; see {@link #byFingerprint}
   */
  public Window(Duration longest, Duration checks, ToDoubleFunction<Fingerprint> draw) {
    this.longest = longest;
    this.checks = checks;
    this.draw = draw;
  }

  /**
   * Draws from the certificate itself, whose fingerprint is as good as random: drawn once for each
   * certificate, by every process and after every restart alike.
   */
  public static double byFingerprint(Fingerprint fingerprint) {
    return Integer.parseInt(fingerprint.hex().substring(0, 6), 16) / (double) (1 << 24);
  }

  /**
   * Returns how long before its expiry a certificate is to be renewed: what was configured, but at
   * most a third of its lifetime, or half of it if that is under ten days.
   */
  public Duration length(Lifetime lifetime) {
    Duration whole = lifetime.length();
    return least(longest, whole.dividedBy(whole.compareTo(SHORT) < 0 ? 2 : 3));
  }

  /** Returns when the window opens, before any jitter. */
  public Instant opens(Lifetime lifetime) {
    return lifetime.expires().minus(length(lifetime));
  }

  /**
   * Returns from when on a certificate is renewed: as its window opens, or earlier by up to a
   * twentieth of its lifetime, a day at the most.
   */
  public Instant due(Lifetime lifetime, Fingerprint fingerprint) {
    Duration jitter = least(lifetime.length().dividedBy(20), MOST_JITTER);
    long millis = (long) (jitter.toMillis() * draw.applyAsDouble(fingerprint));
    return opens(lifetime).minusMillis(millis);
  }

  /**
   * Returns until when a certificate is too new to be renewed without force, so that an issuer
   * whose certificates begin inside their window is not asked again and again.
   */
  public Instant fresh(Lifetime lifetime) {
    return lifetime.issued().plus(lifetime.length().dividedBy(10));
  }

  /**
   * Returns how often to look at a certificate: what was configured, but at least 30 times in its
   * lifetime; never more than once a minute if it lives for a day or longer.
   */
  public Duration checks(Lifetime lifetime) {
    Duration each = least(checks, lifetime.length().dividedBy(30));
    Duration floor = lifetime.length().compareTo(REAL) < 0 ? LEAST : LEAST_OF_REAL;
    return each.compareTo(floor) < 0 ? floor : each;
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
