package dev.hitless.session;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Has the JDK's own TLS ask for cut-offs whenever it is about to resume a session. */
public interface SessionHooks {
  /** What there is where nothing can be woven: nothing. */
  SessionHooks NONE = cutOffs -> false;

  /**
   * Puts the hooks in, unless they are in already. Called on the hitless thread.
   *
   * @param cutOffs gives the cut-off of a session context, and the latest of all for null; asked on
   *     the threads of handshakes
   * @return whether every way to resume a session of SunJSSE now asks
   */
  boolean install(ToLongFunction<@Nullable Object> cutOffs);
}
