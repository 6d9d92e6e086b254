package dev.hitless.follow;

/**
 * Takes what the follower of one origin found. Called on the hitless thread only, never on a
 * handshake thread.
 *
 * @param <M> what the files of the origin hold
 */
public interface GenerationListener<M> {
  /** A new generation passed the gate and is to be served from now on. */
  void accepted(Generation<M> generation);

  /**
   * The files hold something that may not be served. Called once per cause, after the cause has
   * lasted long enough not to be the middle of a replacement.
   */
  void refused(Refusal refusal);

  /** The files are good again, and hold what is served already, after a refusal. */
  void healed();
}
