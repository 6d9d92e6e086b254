package dev.hitless.serve;

import java.util.concurrent.Executor;

/**
 * Whether the hitless thread is inside code of the application: what that makes (a server may make
 * its key managers at the first handshake, and a proof can be the first) is intercepted as anywhere
 * else, while what hitless makes for itself is not.
 *
 * <p>Owned by the hitless thread.
 */
public final class ForeignCode implements Executor {
  private int depth;

  void enter() {
    depth++;
  }

  void leave() {
    depth--;
  }

  /** Runs code of the application on the hitless thread. */
  @Override
  public void execute(Runnable code) {
    enter();
    try {
      code.run();
    } finally {
      leave();
    }
  }

  /** Returns whether the thread is inside code of the application; asked on the hitless thread. */
  public boolean isEntered() {
    return depth > 0;
  }
}
