package dev.hitless.policy;

import org.jspecify.annotations.Nullable;

/** Tells the names of what is served; on the threads of handshakes. Thread-safe. */
public interface NamesServed {
  /**
   * Returns the names of the certificates that a context serves now.
   *
   * @param keyManager the one that the context works with
   * @return null if they cannot be told
   */
  @Nullable LeafNames ofContext(@Nullable Object keyManager);

  /**
   * Returns the same for the context of a connection whose handshake has asked for a certificate.
   *
   * @param connection the Socket or SSLEngine
   * @return null if they cannot be told
   */
  @Nullable LeafNames ofConnection(@Nullable Object connection);
}
