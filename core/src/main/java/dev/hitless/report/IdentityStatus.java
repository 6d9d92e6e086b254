package dev.hitless.report;

import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one identity. Immutable and thread-safe; its getters are what JMX shows.
 *
 * <p>Times are {@link Date}s, since JMX has no other open type for them.
 */
@SuppressWarnings("JavaUtilDate")
public final class IdentityStatus {
  private final String origin;
  private final String alias;
  private final String subject;
  private final List<String> names;
  private final String fingerprint;
  private final long generation;
  private final Date notAfter;
  private final @Nullable Date lastRotation;
  private final @Nullable String refusal;
  private final @Nullable String lastRefusal;
  private final int contexts;
  private final @Nullable Date nextRenewal;
  private final @Nullable Date lastRenewal;
  private final @Nullable String renewedBy;
  private final int renewalFailures;
  private final @Nullable Date lastRenewalFailure;
  private final @Nullable String lastRenewalFailureReason;

  /** Takes what a builder gathered. */
  IdentityStatus(Builder from) {
    this.origin = from.origin;
    this.alias = from.alias;
    this.subject = from.subject;
    this.names = from.names;
    this.fingerprint = from.fingerprint;
    this.generation = from.generation;
    this.notAfter = new Date(from.notAfterMillis);
    this.lastRotation = from.lastRotationMillis == 0 ? null : new Date(from.lastRotationMillis);
    this.refusal = from.refusal;
    this.lastRefusal = from.lastRefusal;
    this.contexts = from.contexts;
    this.nextRenewal = copy(from.nextRenewal);
    this.lastRenewal = copy(from.lastRenewal);
    this.renewedBy = from.renewedBy;
    this.renewalFailures = from.renewalFailures;
    this.lastRenewalFailure = copy(from.lastRenewalFailure);
    this.lastRenewalFailureReason = from.lastRenewalFailureReason;
  }

  /** Gathers what is to be shown. Not thread-safe. */
  @SuppressWarnings("NullAway.Init") // package dev.hitless fills it in one place
  public static final class Builder {
    /** Format and paths. */
    public String origin;

    /** The alias in the origin. */
    public String alias;

    /** The leaf's subject. */
    public String subject;

    /** The leaf's names, sorted. */
    public List<String> names;

    /** The leaf's SHA-256. */
    public String fingerprint;

    /** The number of the generation being served. */
    public long generation;

    /** The end of the leaf's validity, in milliseconds since 1970. */
    public long notAfterMillis;

    /** The last rotation, in milliseconds since 1970; 0 if there was none. */
    public long lastRotationMillis;

    /** Why what the files hold now is not served, or null. */
    public @Nullable String refusal;

    /** The last refusal that was told, healed or not, or null. */
    public @Nullable String lastRefusal;

    /** How many live contexts serve it. */
    public int contexts;

    /** When the next attempt to renew it is made, or null if hitless does not renew it. */
    public @Nullable Date nextRenewal;

    /** When hitless put a new identity into its files last, or null. */
    public @Nullable Date lastRenewal;

    /** The issuer of the last renewal, or null. */
    public @Nullable String renewedBy;

    /** How many attempts to renew it failed in a row. */
    public int renewalFailures;

    /** When an attempt to renew it failed last, or null. */
    public @Nullable Date lastRenewalFailure;

    /** Why an attempt to renew it failed last, or null. */
    public @Nullable String lastRenewalFailureReason;

    /** Makes the status. */
    public IdentityStatus build() {
      return new IdentityStatus(this);
    }
  }

  /** Returns format and paths. */
  public String getOrigin() {
    return origin;
  }

  /** Returns the alias in the origin. */
  public String getAlias() {
    return alias;
  }

  /** Returns the leaf's subject. */
  public String getSubject() {
    return subject;
  }

  /** Returns the leaf's names, sorted. */
  public List<String> getNames() {
    return names;
  }

  /** Returns the leaf's SHA-256 as 64 hexadecimal digits. */
  public String getFingerprint() {
    return fingerprint;
  }

  /** Returns the number of the generation being served; 1 is what the server itself read. */
  public long getGeneration() {
    return generation;
  }

  /** Returns the end of the leaf's validity. */
  public Date getNotAfter() {
    return new Date(notAfter.getTime());
  }

  /** Returns when the present generation came, or null if it is the first. */
  public @Nullable Date getLastRotation() {
    return lastRotation == null ? null : new Date(lastRotation.getTime());
  }

  /** Returns why what the files hold now is not served, or null if it is. */
  public @Nullable String getRefusal() {
    return refusal;
  }

  /** Returns the last refusal that was logged, healed or not, or null if there was none. */
  public @Nullable String getLastRefusal() {
    return lastRefusal;
  }

  /** Returns how many live contexts serve it. */
  public int getContexts() {
    return contexts;
  }

  /** Returns when the next attempt to renew it is made, or null if hitless does not renew it. */
  public @Nullable Date getNextRenewal() {
    return copy(nextRenewal);
  }

  /** Returns when hitless put a new identity into its files last, or null. */
  public @Nullable Date getLastRenewal() {
    return copy(lastRenewal);
  }

  /** Returns the issuer of the last renewal, or null. */
  public @Nullable String getRenewedBy() {
    return renewedBy;
  }

  /** Returns how many attempts to renew it failed in a row. */
  public int getRenewalFailures() {
    return renewalFailures;
  }

  /** Returns when an attempt to renew it failed last, or null. */
  public @Nullable Date getLastRenewalFailure() {
    return copy(lastRenewalFailure);
  }

  /** Returns why an attempt to renew it failed last, or null. */
  public @Nullable String getLastRenewalFailureReason() {
    return lastRenewalFailureReason;
  }

  private static @Nullable Date copy(@Nullable Date date) {
    return date == null ? null : new Date(date.getTime());
  }
}
