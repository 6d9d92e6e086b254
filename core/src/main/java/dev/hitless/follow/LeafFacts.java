package dev.hitless.follow;

import dev.hitless.material.Names;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a leaf is good for: names and key usage.
 *
 * <p>Stateless. An extension that cannot be parsed counts as absent.
 */
final class LeafFacts {
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;

  private LeafFacts() {}

  /** Returns the names of the one leaf that the other stands for neither, wildcards included. */
  static SortedSet<String> dropped(X509Certificate served, X509Certificate candidate) {
    SortedSet<String> kept = Names.of(candidate);
    SortedSet<String> dropped = new TreeSet<>();
    for (String name : Names.of(served)) {
      int dot = name.indexOf('.');
      if (!kept.contains(name) && !(dot > 0 && kept.contains("*" + name.substring(dot)))) {
        dropped.add(name);
      }
    }
    return dropped;
  }

  /** Returns whether the extended key usage permits the purpose (RFC 5280, section 4.2.1.12). */
  static boolean permits(X509Certificate leaf, String purpose) {
    try {
      List<String> purposes = leaf.getExtendedKeyUsage();
      return purposes == null || purposes.contains(purpose) || purposes.contains(ANY_USAGE);
    } catch (CertificateParsingException absent) {
      return true;
    }
  }

  /** Returns whether the key usage permits the signature of a handshake. */
  static boolean signs(X509Certificate leaf) {
    boolean[] usage = leaf.getKeyUsage();
    return usage == null || usage[DIGITAL_SIGNATURE];
  }
}
