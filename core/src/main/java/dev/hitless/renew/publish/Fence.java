package dev.hitless.renew.publish;

/**
 * Asked just before a publication becomes irrevocable whether it may: a holder of a lock who slept
 * for too long has lost it to somebody else without knowing.
 */
public interface Fence {
  /**
   * Returns if the publication may go on.
   *
   * @throws PublicationException with {@code BUSY} if somebody else has taken over
   */
  void check() throws PublicationException;
}
