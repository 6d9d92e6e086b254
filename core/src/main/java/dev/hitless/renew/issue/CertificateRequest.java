package dev.hitless.renew.issue;

import dev.hitless.material.Names;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an issuer: a certificate for the names of the one it follows, for a new key.
 *
 * <p>Thread-safe; nothing of it changes. Hands out no private key: keeps it to sign the PKCS #10
 * request with, if the issuer is one that wants to see that.
 */
public final class CertificateRequest {
  private final List<X509Certificate> replaces;
  private final KeyPair keys;
  private final @Nullable Duration validity;
  private byte @Nullable [] csr;

  /**
   * Creates a request for a new key: with the subject, the names and the usages of the leaf that is
   * to be followed.
   *
   * @param replaces the chain of the certificate that is to be followed, leaf first, not empty; its
   *     names and usages are those wanted
   * @param keys the new key pair
   * @param validity how long the new certificate is to be valid; null leaves it to the issuer
   */
  public CertificateRequest(
      List<X509Certificate> replaces, KeyPair keys, @Nullable Duration validity) {
    if (replaces.isEmpty()) {
      throw new IllegalArgumentException("a request follows a certificate");
    }
    this.replaces = Collections.unmodifiableList(new ArrayList<>(replaces));
    this.keys = keys;
    this.validity = validity;
  }

  /** Returns the chain of the certificate that is to be followed, leaf first; unmodifiable. */
  public List<X509Certificate> replaces() {
    return replaces;
  }

  /** Returns the leaf that is to be followed. */
  public X509Certificate leaf() {
    return replaces.get(0);
  }

  /** Returns the names wanted: the subject alternative names of the leaf, else its common name. */
  public SortedSet<String> names() {
    return Names.of(leaf());
  }

  /** Returns the new key, for which the certificate is wanted. */
  public PublicKey key() {
    return keys.getPublic();
  }

  /**
   * Returns a copy of the PKCS #10 request (RFC 2986) in DER, signed with the new key when it is
   * asked for first.
   *
   * @throws IssuerException if this Java platform cannot sign with the key, or the keys are no pair
   */
  public synchronized byte[] csr() throws IssuerException {
    byte[] signed = csr;
    if (signed == null) {
      signed = Csr.build(leaf(), keys);
      csr = signed;
    }
    return signed.clone();
  }

  /** Returns how long the new certificate is to be valid, or null to leave it to the issuer. */
  public @Nullable Duration validity() {
    return validity;
  }
}
