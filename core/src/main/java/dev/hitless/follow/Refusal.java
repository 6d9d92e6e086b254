package dev.hitless.follow;

import java.time.Instant;

/**
 * Why what the files of an origin now hold is not served; last known good stays.
 *
 * <p>Immutable and thread-safe.
 */
public final class Refusal {
  private final String reason;
  private final Instant since;

  /**
   * Creates a refusal.
   *
   * @param reason what is wrong and what to do, for a person; no secrets
   * @param since when this reason was first met
   */
  public Refusal(String reason, Instant since) {
    this.reason = reason;
    this.since = since;
  }

  /** Returns what is wrong and what to do. */
  public String reason() {
    return reason;
  }

  /** Returns when this reason was first met. */
  public Instant since() {
    return since;
  }
}
