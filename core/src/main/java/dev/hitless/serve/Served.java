package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What a rotating key manager answers from, between two swaps.
 *
 * <p>Immutable and thread-safe, as far as the delegate is; JSSE's are.
 */
final class Served {
  private final X509ExtendedKeyManager delegate;
  private final Map<EntryName, Identity> replaced;

  Served(X509ExtendedKeyManager delegate, Map<EntryName, Identity> replaced) {
    this.delegate = delegate;
    this.replaced = Collections.unmodifiableMap(new LinkedHashMap<>(replaced));
  }

  X509ExtendedKeyManager delegate() {
    return delegate;
  }

  /**
   * Returns the identities that took the place of the server's own; empty before the first swap.
   */
  Map<EntryName, Identity> replaced() {
    return replaced;
  }
}
