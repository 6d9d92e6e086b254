package dev.hitless.renew.issue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a new leaf is valid; whole seconds, as X.509 has no finer ones.
 *
 * <p>It begins an hour in the past, for clients whose clocks are slow, yet never by more than a
 * tenth of what is to come: otherwise a certificate of a minute would look, by its dates, like one
 * of an hour that is about to expire. Without a validity asked for, the dates span exactly what
 * those of the old leaf do, however often it is renewed.
 *
 * <p>Immutable and thread-safe.
 */
final class Validity {
  private static final Duration BACK_DATE = Duration.ofHours(1);
  private static final int SHARE = 10;

  final Instant notBefore;
  final Instant notAfter;

  private Validity(Instant notBefore, Instant notAfter) {
    this.notBefore = notBefore;
    this.notAfter = notAfter;
  }

  /**
   * Returns the validity of what follows a leaf.
   *
   * @param wanted how long from now on; null for the span of {@code old}
   * @throws IssuerException if there would be none
   */
  static Validity of(@Nullable Duration wanted, X509Certificate old, Instant now)
      throws IssuerException {
    Instant start = now.truncatedTo(ChronoUnit.SECONDS);
    Duration span;
    Duration back;
    if (wanted != null) {
      back = atMostAnHour(wanted.dividedBy(SHARE));
      span = wanted.plus(back);
    } else {
      span = Duration.between(old.getNotBefore().toInstant(), old.getNotAfter().toInstant());
      back = atMostAnHour(span.dividedBy(SHARE + 1));
    }
    Validity validity = new Validity(start.minus(back), start.minus(back).plus(span));
    if (!validity.notAfter.isAfter(start)) {
      throw new IssuerException("a certificate valid for " + span + " is none", null);
    }
    return validity;
  }

  private static Duration atMostAnHour(Duration back) {
    Duration whole = Duration.ofSeconds(back.toMillis() / 1000);
    return whole.compareTo(BACK_DATE) > 0 ? BACK_DATE : whole;
  }

  /** Returns whether it ends after the CA does, so that {@link #within} has to cut it. */
  boolean outlives(Authority ca) {
    return notAfter.isAfter(ca.notAfter());
  }

  /** Returns this validity as far as the CA's own reaches. */
  Validity within(Authority ca) {
    return new Validity(
        notBefore.isBefore(ca.notBefore()) ? ca.notBefore() : notBefore,
        outlives(ca) ? ca.notAfter() : notAfter);
  }
}
