package dev.hitless.renew.issue;

import dev.hitless.material.Names;
import java.security.KeyPair;
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
 * <p>Immutable and thread-safe. Holds no private key.
 */
public final class CertificateRequest {
  private final List<X509Certificate> replaces;
  private final byte[] csr;
  private final @Nullable Duration validity;

  /**
   * Creates a request.
   *
   * @param replaces the chain of the certificate that is to be followed, leaf first, not empty; its
   *     names and usages are those wanted
   * @param csr the PKCS #10 request (RFC 2986) in DER, signed with the new key; copied
   * @param validity how long the new certificate is to be valid; null leaves it to the issuer
   */
  public CertificateRequest(
      List<X509Certificate> replaces, byte[] csr, @Nullable Duration validity) {
    if (replaces.isEmpty()) {
      throw new IllegalArgumentException("a request follows a certificate");
    }
    this.replaces = Collections.unmodifiableList(new ArrayList<>(replaces));
    this.csr = csr.clone();
    this.validity = validity;
  }

  /**
   * Creates a request for a new key: with the subject, the names and the usages of the leaf that is
   * to be followed.
   *
   * @param replaces see the constructor
   * @param keys the new key pair; signs the request and is not kept
   * @param validity see the constructor
   * @throws IssuerException if this Java platform cannot sign with the key, or the keys are no pair
   */
  public static CertificateRequest create(
      List<X509Certificate> replaces, KeyPair keys, @Nullable Duration validity)
      throws IssuerException {
    return new CertificateRequest(replaces, Csr.build(replaces.get(0), keys), validity);
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

  /** Returns a copy of the PKCS #10 request in DER, signed with the new key. */
  public byte[] csr() {
    return csr.clone();
  }

  /** Returns how long the new certificate is to be valid, or null to leave it to the issuer. */
  public @Nullable Duration validity() {
    return validity;
  }
}
