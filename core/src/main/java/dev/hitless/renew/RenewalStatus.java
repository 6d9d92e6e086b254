package dev.hitless.renew;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How it stands with the renewal of one identity. Immutable and thread-safe; no secrets. */
public final class RenewalStatus {
  private final Instant next;
  private final int failures;
  private final History history;

  RenewalStatus(Instant next, int failures, History history) {
    this.next = next;
    this.failures = failures;
    this.history = history;
  }

  /** Returns when the next attempt is made, if nothing changes until then. */
  public Instant next() {
    return next;
  }

  /** Returns when a new identity was put onto the disk last; null if that never happened. */
  public @Nullable Instant last() {
    return history.issued();
  }

  /** Returns who issued it; null if that never happened. */
  public @Nullable String issuer() {
    return history.issuer();
  }

  /** Returns how many attempts have failed since. */
  public int failures() {
    return failures;
  }

  /** Returns when an attempt failed last; null if none ever did. */
  public @Nullable Instant lastFailure() {
    return history.failedAt();
  }

  /** Returns why an attempt failed last; null if none ever did. */
  public @Nullable String lastFailureReason() {
    return history.failure();
  }
}
