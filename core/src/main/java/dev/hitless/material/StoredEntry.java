package dev.hitless.material;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a keystore as it is: a private key with the chain in the order in which it is
 * stored, or a certificate that is trusted.
 *
 * <p>Immutable and thread-safe.
 */
public final class StoredEntry {
  private final String alias;
  private final List<X509Certificate> certificates;
  private final @Nullable StoredKey key;

  StoredEntry(String alias, List<X509Certificate> certificates, @Nullable StoredKey key) {
    this.alias = alias;
    this.certificates = Collections.unmodifiableList(new ArrayList<>(certificates));
    this.key = key;
  }

  /** Returns the alias as the keystore writes it. */
  public String alias() {
    return alias;
  }

  /** Returns the stored chain, or the trusted certificate; empty if they cannot be seen. */
  public List<X509Certificate> certificates() {
    return certificates;
  }

  /** Returns the private key, or null if it is a trusted certificate. */
  public @Nullable StoredKey key() {
    return key;
  }
}
