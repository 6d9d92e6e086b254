package dev.hitless.inspect;

import dev.hitless.material.Names;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/** Tells whether a certificate is good for a host (RFC 6125; the common name does not count). */
final class HostNames {
  private HostNames() {}

  /**
   * Returns whether one of the subject alternative names is the host's.
   *
   * @param host a DNS name, or an IP address as {@link java.net.InetAddress#getHostAddress} has it
   */
  static boolean match(String host, X509Certificate leaf) {
    if (!hasNames(leaf)) {
      return false;
    }
    String wanted = host.toLowerCase(Locale.ROOT);
    if (wanted.endsWith(".")) {
      wanted = wanted.substring(0, wanted.length() - 1);
    }
    int dot = wanted.indexOf('.');
    boolean address = wanted.indexOf(':') >= 0 || wanted.matches("[0-9.]+");
    for (String name : Names.of(leaf)) {
      boolean wildcard = !address && dot > 0 && name.startsWith("*.") && name.indexOf('.', 2) > 0;
      if (name.equals(wanted) || (wildcard && name.substring(1).equals(wanted.substring(dot)))) {
        return true;
      }
    }
    return false;
  }

  static boolean hasNames(X509Certificate leaf) {
    try {
      return leaf.getSubjectAlternativeNames() != null;
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
