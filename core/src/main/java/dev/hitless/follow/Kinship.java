package dev.hitless.follow;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Whether two chains come from one authority. Stateless. */
final class Kinship {
  private Kinship() {}

  /**
   * Returns whether the chains have an issuer in common, be it one that neither brings along; two
   * self-signed certificates of one name have.
   */
  static boolean shareIssuer(List<X509Certificate> one, List<X509Certificate> other) {
    return !Collections.disjoint(issuers(one), issuers(other));
  }

  private static Set<X500Principal> issuers(List<X509Certificate> chain) {
    Set<X500Principal> issuers = new HashSet<>();
    for (X509Certificate certificate : chain) {
      issuers.add(certificate.getIssuerX500Principal());
    }
    return issuers;
  }
}
