package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the certificates of a chain in order, and asks questions about it.
 *
 * <p>A link between two certificates means two things, as in RFC 5280 section 6: the issuer's name
 * is the other's subject, and the signature verifies with the other's public key. Nothing here
 * looks at a clock or at trust.
 */
public final class Chain {
  private static final Verified LINKS = new Verified();

  private Chain() {}

  /** As {@link Identity#of} documents it. A certificate given twice counts once. */
  static List<X509Certificate> order(PrivateKey key, Collection<X509Certificate> certificates)
      throws MaterialException {
    List<X509Certificate> rest = new ArrayList<>(new LinkedHashSet<>(certificates));
    if (rest.isEmpty()) {
      throw new MaterialException(
          Reason.NO_CERTIFICATE, "there is a private key but no certificate", null);
    }
    X509Certificate leaf = leafOf(key, rest);
    if (leaf == null) {
      throw new MaterialException(
          Reason.KEY_MISMATCH,
          "the private key belongs to none of the "
              + rest.size()
              + " certificates (first: "
              + rest.get(0).getSubjectX500Principal()
              + ")",
          null);
    }
    List<X509Certificate> chain = linked(leaf, rest);
    rest.removeAll(chain);
    chain.addAll(rest);
    return chain;
  }

  /** Returns the first certificate that belongs to the key, or null. */
  static @Nullable X509Certificate leafOf(PrivateKey key, List<X509Certificate> certificates) {
    if (key.getEncoded() == null && !certificates.isEmpty()) {
      // A key in hardware: only its token can use it, and the token's chain comes with it.
      return certificates.get(0);
    }
    for (X509Certificate certificate : certificates) {
      if (KeyMatch.isPair(key, certificate.getPublicKey())) {
        return certificate;
      }
    }
    return null;
  }

  /**
   * Returns the leaf and the issuers that links lead to. Where several certificates could come next
   * (a CA that is cross-signed), the one that was given first does.
   */
  public static List<X509Certificate> linked(
      X509Certificate leaf, Collection<X509Certificate> certificates) {
    List<X509Certificate> rest = new ArrayList<>(certificates);
    List<X509Certificate> chain = new ArrayList<>();
    X509Certificate current = leaf;
    while (current != null) {
      chain.add(current);
      rest.remove(current);
      X509Certificate issuer = null;
      if (!selfSigned(current)) {
        for (X509Certificate candidate : rest) {
          if (issued(candidate, current)) {
            issuer = candidate;
            break;
          }
        }
      }
      current = issuer;
    }
    return chain;
  }

  /**
   * Returns how many certificates, from the first one on, are linked each to the next by a valid
   * signature; at least 1 for a chain that is not empty, 0 for an empty one.
   */
  public static int linkedLength(List<X509Certificate> chain) {
    int length = chain.isEmpty() ? 0 : 1;
    while (length > 0
        && length < chain.size()
        && issued(chain.get(length), chain.get(length - 1))) {
      length++;
    }
    return length;
  }

  /** Remembers for a while that each certificate was signed by the next. */
  static void remember(List<X509Certificate> linked) {
    for (int i = 1; i < linked.size(); i++) {
      try {
        LINKS.add(link(linked.get(i), linked.get(i - 1)));
      } catch (CertificateEncodingException | RuntimeException e) {
        return; // nor would it be looked for
      }
    }
  }

  /** Returns whether a certificate is issued and signed by its own subject and key. */
  public static boolean selfSigned(X509Certificate certificate) {
    return issued(certificate, certificate);
  }

  /**
   * Returns whether {@code certificate} names {@code issuer} as its issuer and was signed by it.
   */
  public static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      return LINKS.succeeds(link(issuer, certificate), () -> verifies(issuer, certificate));
    } catch (CertificateEncodingException | RuntimeException e) {
      // What cannot be encoded was not read from a file.
      return verifies(issuer, certificate);
    }
  }

  private static Fingerprint link(X509Certificate issuer, X509Certificate certificate)
      throws CertificateEncodingException {
    return Fingerprint.ofBytes(issuer.getPublicKey().getEncoded(), certificate.getEncoded());
  }

  private static boolean verifies(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      // Also what this platform cannot verify, such as Ed25519 before Java 15, is no link.
      return false;
    }
  }
}
