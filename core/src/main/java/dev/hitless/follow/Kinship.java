package dev.hitless.follow;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** Whether two chains come from one authority. Stateless. */
final class Kinship {
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

  private Kinship() {}

  /**
   * Returns whether the chains have an issuer in common, be it one that neither brings along; two
   * self-signed certificates of one name have. Issuers of one name and of two keys are two, as far
   * as the certificates tell (RFC 5280, section 4.2.1.1).
   */
  static boolean shareIssuer(List<X509Certificate> one, List<X509Certificate> other) {
    for (X509Certificate of : one) {
      for (X509Certificate against : other) {
        if (haveOneIssuer(of, against)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean haveOneIssuer(X509Certificate one, X509Certificate other) {
    byte[] key = one.getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
    byte[] otherKey = other.getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
    return one.getIssuerX500Principal().equals(other.getIssuerX500Principal())
        && (key == null || otherKey == null || Arrays.equals(key, otherKey));
  }
}
