package dev.hitless.serve;

/**
 * Whether the hitless thread is inside code of the application: what that makes (a server may make
 * its key managers at the first handshake, and a proof can be the first) is intercepted as anywhere
 * else, while what hitless makes for itself is not.
 *
 * <p>Owned by the hitless thread.
 */
public final class ForeignCode {
  private int depth;

  void enter() {
    depth++;
  }

  void leave() {
    depth--;
  }

  /** Returns whether the thread is inside code of the application; asked on the hitless thread. */
  public boolean isEntered() {
    return depth > 0;
  }
}
