package dev.hitless.report;

import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one set of trusted certificates. Immutable and thread-safe; its getters are
 * what JMX shows.
 */
@SuppressWarnings("JavaUtilDate") // JMX has no other open type for a time
public final class TrustStatus {
  private final String origin;
  private final int certificates;
  private final String fingerprint;
  private final long generation;
  private final @Nullable Date lastChange;
  private final @Nullable String refusal;
  private final int contexts;

  /**
   * Creates a status.
   *
   * @param origin format and paths
   * @param certificates how many are trusted
   * @param fingerprint SHA-256 over their sorted fingerprints
   * @param generation 1 is what the application itself read
   * @param lastChangeMillis when the generation came, in milliseconds since 1970; 0 for the first
   * @param refusal why what the files hold now is not in use, or null
   * @param contexts how many live contexts are known to use it
   */
  public TrustStatus(
      String origin,
      int certificates,
      String fingerprint,
      long generation,
      long lastChangeMillis,
      @Nullable String refusal,
      int contexts) {
    this.origin = origin;
    this.certificates = certificates;
    this.fingerprint = fingerprint;
    this.generation = generation;
    this.lastChange = lastChangeMillis == 0 ? null : new Date(lastChangeMillis);
    this.refusal = refusal;
    this.contexts = contexts;
  }

  /** Returns format and paths. */
  public String getOrigin() {
    return origin;
  }

  /** Returns how many certificates are trusted. */
  public int getCertificates() {
    return certificates;
  }

  /** Returns the SHA-256 over the sorted fingerprints, as 64 hexadecimal digits. */
  public String getFingerprint() {
    return fingerprint;
  }

  /** Returns the number of the generation in use; 1 is what the application itself read. */
  public long getGeneration() {
    return generation;
  }

  /** Returns when the present generation came, or null if it is the first. */
  public @Nullable Date getLastChange() {
    return lastChange == null ? null : new Date(lastChange.getTime());
  }

  /** Returns why what the files hold now is not in use, or null if it is. */
  public @Nullable String getRefusal() {
    return refusal;
  }

  /** Returns how many live contexts are known to use it. */
  public int getContexts() {
    return contexts;
  }
}
