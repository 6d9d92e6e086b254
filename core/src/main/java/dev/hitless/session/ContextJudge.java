package dev.hitless.session;

import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Tells what a context presents, and what that is to hitless. Called on the hitless thread. */
public interface ContextJudge {
  /**
   * Returns the certificate that a context presents to a client which takes any; null if it shows
   * none.
   *
   * @param engines makes one engine of the context each time
   */
  @Nullable Object presented(Supplier<SSLEngine> engines);

  /** Returns whether a certificate is served now. */
  boolean isCurrent(Object certificate);

  /** Returns whether another has taken a certificate's place. */
  boolean isFormer(Object certificate);
}
