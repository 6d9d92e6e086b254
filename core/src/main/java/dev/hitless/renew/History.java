package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the renewals of one identity across restarts, and shared by the processes
 * that renew the same files: when its certificate was issued, and what failed since.
 *
 * <p>Immutable and thread-safe. Holds no secret.
 */
final class History {
  private static final History NONE =
      new History(null, null, null, null, null, null, 0, null, null);

  private final @Nullable Fingerprint renewed;
  private final @Nullable Instant issued;
  private final @Nullable String issuer;
  private final @Nullable Fingerprint coming;
  private final @Nullable Instant comingIssued;
  private final @Nullable Fingerprint failing;
  private final int failures;
  private final @Nullable Instant failedAt;
  private final @Nullable String failure;

  History(
      @Nullable Fingerprint renewed,
      @Nullable Instant issued,
      @Nullable String issuer,
      @Nullable Fingerprint coming,
      @Nullable Instant comingIssued,
      @Nullable Fingerprint failing,
      int failures,
      @Nullable Instant failedAt,
      @Nullable String failure) {
    this.renewed = renewed;
    this.issued = issued;
    this.issuer = issuer;
    this.coming = coming;
    this.comingIssued = comingIssued;
    this.failing = failing;
    this.failures = failures;
    this.failedAt = failedAt;
    this.failure = failure;
  }

  /** Returns the history of what was never renewed. */
  static History none() {
    return NONE;
  }

  /** Returns whether another history is of the same certificates, whatever failed since. */
  boolean tellsOfTheSameRenewals(History other) {
    return Objects.equals(renewed, other.renewed) && Objects.equals(coming, other.coming);
  }

  /**
   * Returns the history just before a certificate is put into the files: what other processes are
   * to know of it as soon as they see it.
   */
  History coming(Fingerprint next, Instant now) {
    return new History(renewed, issued, issuer, next, now, failing, failures, failedAt, failure);
  }

  /** Returns the history after a renewal. */
  History renewed(Fingerprint next, Instant now, String by) {
    return new History(next, now, by, null, null, null, 0, failedAt, failure);
  }

  /** Returns the history after one more failure to renew a certificate. */
  History failed(Fingerprint certificate, Instant now, String why) {
    int count = failuresOf(certificate) + 1;
    return new History(renewed, issued, issuer, coming, comingIssued, certificate, count, now, why);
  }

  /** Returns the certificate of the last renewal, or null if there was none. */
  @Nullable Fingerprint renewed() {
    return renewed;
  }

  /** Returns when the last renewal was, or null if there was none. */
  @Nullable Instant issued() {
    return issued;
  }

  /** Returns when a certificate was issued, or null if it did not come from here. */
  @Nullable Instant issuedOf(Fingerprint certificate) {
    return certificate.equals(renewed) ? issued : certificate.equals(coming) ? comingIssued : null;
  }

  /** Returns the certificate that was about to be put into the files last, or null. */
  @Nullable Fingerprint coming() {
    return coming;
  }

  /** Returns when {@link #coming} was issued, or null. */
  @Nullable Instant comingIssued() {
    return comingIssued;
  }

  /** Returns who issued the last renewal, or null if there was none. */
  @Nullable String issuer() {
    return issuer;
  }

  /** Returns the certificate that could not be renewed last, or null. */
  @Nullable Fingerprint failing() {
    return failing;
  }

  /** Returns how many attempts to renew {@link #failing} failed in a row. */
  int failures() {
    return failures;
  }

  /** Returns how many attempts to renew a certificate failed in a row. */
  int failuresOf(Fingerprint certificate) {
    return certificate.equals(failing) ? failures : 0;
  }

  /** Returns when an attempt failed last, whatever came after; null if none ever did. */
  @Nullable Instant failedAt() {
    return failedAt;
  }

  /** Returns why an attempt failed last, whatever came after; null if none ever did. */
  @Nullable String failure() {
    return failure;
  }
}
