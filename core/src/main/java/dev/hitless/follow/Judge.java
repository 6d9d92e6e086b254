package dev.hitless.follow;

import java.time.Instant;

/**
 * Decides what of the new contents of one origin may take the place of what is served; remembers
 * between two looks what may be the middle of a rewrite.
 *
 * <p>Not thread-safe: owned by the hitless thread. Touches no file and never fails.
 *
 * @param <M> what the files hold
 */
public interface Judge<M> {
  /**
   * Judges contents that differ in their bytes from what was last settled.
   *
   * @param now for what has a validity
   * @param nanos the time of a monotonic clock
   */
  Judgement<M> judge(M served, M found, Instant now, long nanos);

  /** The files could not be read or parsed: what was held back until now is gone. */
  void forget();

  /** Returns what stays as it was while the files are bad, for a person. */
  String lastKnownGood();
}
