package dev.hitless.follow;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with one origin, for the status.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <M> what the files of the origin hold
 */
public final class FollowSummary<M> {
  private final Generation<M> generation;
  private final @Nullable Refusal refusal;
  private final @Nullable Refusal lastRefusal;

  FollowSummary(
      Generation<M> generation, @Nullable Refusal refusal, @Nullable Refusal lastRefusal) {
    this.generation = generation;
    this.refusal = refusal;
    this.lastRefusal = lastRefusal;
  }

  /** Returns what is served now: its number, when it came, and the gate's remarks on it. */
  public Generation<M> generation() {
    return generation;
  }

  /** Returns why what the files hold now is not served, null if it is. */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /** Returns the last refusal that a person was told of, healed or not; null if there was none. */
  public @Nullable Refusal lastRefusal() {
    return lastRefusal;
  }

  FollowSummary<M> with(Generation<M> next) {
    return new FollowSummary<>(next, refusal, lastRefusal);
  }

  FollowSummary<M> with(@Nullable Refusal next, boolean told) {
    return new FollowSummary<>(generation, next, told ? next : lastRefusal);
  }
}
