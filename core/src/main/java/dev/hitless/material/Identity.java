package dev.hitless.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key with its certificate chain, as one immutable value; named by the SHA-256
 * fingerprint of its leaf.
 *
 * <p>Thread-safe. Two identities are equal when their chains are: a key belongs to exactly one
 * leaf.
 */
public final class Identity {
  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final Fingerprint fingerprint;

  /** How many certificates are linked, from the leaf on. */
  private final int linked;

  private Identity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = Collections.unmodifiableList(new ArrayList<>(chain));
    this.fingerprint = Fingerprint.of(chain.get(0));
    this.linked = Chain.linkedLength(this.chain);
  }

  /**
   * Makes an identity of a key and the certificates found with it, in whatever order they are.
   *
   * <p>The leaf is the certificate whose public key belongs to {@code key}; the chain follows from
   * issuer to issuer, and certificates that no link leads to keep their place at the end.
   *
   * @throws MaterialException with {@code KEY_MISMATCH} if no certificate belongs to the key, with
   *     {@code NO_CERTIFICATE} if there is none
   */
  public static Identity of(PrivateKey key, Collection<X509Certificate> certificates)
      throws MaterialException {
    return new Identity(key, Chain.order(key, certificates));
  }

  /** Returns the private key. */
  public PrivateKey key() {
    return key;
  }

  /** Returns the chain, leaf first; never empty, unmodifiable. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Returns the chain as a new array, as JSSE wants it. */
  public X509Certificate[] chainArray() {
    return chain.toArray(new X509Certificate[0]);
  }

  /** Returns the leaf, the certificate of the key. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** Returns the SHA-256 fingerprint of the leaf. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /**
   * Has what was verified as this was made remembered for a while: that the key belongs to the
   * leaf, and which certificate signed which. Called before the same is read again.
   */
  public void remember() {
    KeyMatch.remember(key, leaf().getPublicKey());
    Chain.remember(chain.subList(0, linked));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity && chain.equals(((Identity) other).chain);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  @Override
  public String toString() {
    return "identity " + fingerprint + " of " + leaf().getSubjectX500Principal();
  }
}
