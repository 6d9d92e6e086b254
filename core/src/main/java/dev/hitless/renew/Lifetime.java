package dev.hitless.renew;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when to when a certificate is meant to be used, which is what its window and its intervals
 * are measured by.
 *
 * <p>It begins at the moment of issue, and that is not always {@code notBefore}: many issuers
 * back-date by an hour for clients whose clocks are late, and for a certificate of one minute that
 * hour would be nearly all of it. Of a certificate that hitless had issued, the moment is recorded;
 * of another that is nominally valid for less than 25 hours, an hour of back-dating is assumed if
 * that hour was over when the certificate was first seen.
 *
 * <p>Immutable and thread-safe.
 */
public final class Lifetime {
  private static final Duration BACK_DATING = Duration.ofHours(1);
  private static final Duration BACK_DATING_MATTERS = Duration.ofHours(25);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Instant issued;
  private final Instant expires;
  private final boolean backDated;

  private Lifetime(Instant issued, Instant expires, boolean backDated) {
    this.issued = issued;
    this.expires = expires;
    this.backDated = backDated;
  }

  /**
   * Returns the lifetime of a certificate.
   *
   * @param seen when it was seen first
   * @param recorded when it was issued, if that is known; used if it is within the validity
   */
  @SuppressWarnings("JavaUtilDate") // an X509Certificate knows no other
  public static Lifetime of(X509Certificate leaf, Instant seen, @Nullable Instant recorded) {
    Instant begins = leaf.getNotBefore().toInstant();
    Instant expires = leaf.getNotAfter().toInstant();
    if (recorded != null && !recorded.isBefore(begins) && recorded.isBefore(expires)) {
      return new Lifetime(recorded, expires, false);
    }
    Instant later = begins.plus(BACK_DATING);
    boolean backDated =
        Duration.between(begins, expires).compareTo(BACK_DATING_MATTERS) < 0
            && later.isBefore(expires)
            && !seen.isBefore(later);
    return new Lifetime(backDated ? later : begins, expires, backDated);
  }

  /** Returns when the certificate was issued, as far as can be told. */
  public Instant issued() {
    return issued;
  }

  /** Returns whether an hour of back-dating was assumed. */
  boolean isBackDated() {
    return backDated;
  }

  /** Returns the end of the validity. */
  public Instant expires() {
    return expires;
  }

  /** Returns the time between both; at least a millisecond, however odd the certificate is. */
  public Duration length() {
    Duration length = Duration.between(issued, expires);
    return length.compareTo(SHORTEST) < 0 ? SHORTEST : length;
  }

  @Override
  public String toString() {
    return issued + " to " + expires;
  }
}
