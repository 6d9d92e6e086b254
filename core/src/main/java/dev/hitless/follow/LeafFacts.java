package dev.hitless.follow;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * What a leaf is good for: names, key type, key usage.
 *
 * <p>Stateless. An extension that cannot be parsed counts as absent.
 */
final class LeafFacts {
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final Integer DNS = 2;
  private static final Integer IP = 7;

  private LeafFacts() {}

  /** Returns the DNS names, in lower case, and IP addresses; the common name if there are none. */
  static SortedSet<String> names(X509Certificate leaf) {
    SortedSet<String> names = new TreeSet<>();
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (DNS.equals(alternative.get(0)) || IP.equals(alternative.get(0))) {
            names.add(String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException absent) {
      names.clear();
    }
    if (names.isEmpty()) {
      addCommonName(leaf, names);
    }
    return names;
  }

  /** Returns the names of the one leaf that the other stands for neither, wildcards included. */
  static SortedSet<String> dropped(X509Certificate served, X509Certificate candidate) {
    SortedSet<String> kept = names(candidate);
    SortedSet<String> dropped = new TreeSet<>();
    for (String name : names(served)) {
      int dot = name.indexOf('.');
      if (!kept.contains(name) && !(dot > 0 && kept.contains("*" + name.substring(dot)))) {
        dropped.add(name);
      }
    }
    return dropped;
  }

  /** Returns the algorithm of the public key, such as RSA or EC. */
  static String keyType(X509Certificate leaf) {
    String algorithm = leaf.getPublicKey().getAlgorithm();
    return algorithm.equals("ECDSA") ? "EC" : algorithm;
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

  private static void addCommonName(X509Certificate leaf, SortedSet<String> names) {
    try {
      for (Rdn rdn : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(rdn.getValue()).toLowerCase(Locale.ROOT));
        }
      }
    } catch (InvalidNameException nameless) {
      names.clear();
    }
  }
}
