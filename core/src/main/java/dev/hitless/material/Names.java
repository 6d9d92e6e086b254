package dev.hitless.material;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/** The names that a certificate is good for. */
public final class Names {
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;
  private static final ASN1ObjectIdentifier COMMON_NAME = new ASN1ObjectIdentifier("2.5.4.3");

  private Names() {}

  /**
   * Returns the DNS names (lower case), IP addresses (as {@link InetAddress#getHostAddress} writes
   * them) and URIs among the subject alternative names (RFC 5280 section 4.2.1.6); if there are
   * none, the common name.
   *
   * @return sorted, a new set, empty if there is no name at all
   */
  public static SortedSet<String> of(X509Certificate certificate) {
    SortedSet<String> names = new TreeSet<>();
    for (List<?> name : alternativeNames(certificate)) {
      Object type = name.get(0);
      Object value = name.get(1);
      if (!(value instanceof String)) {
        continue;
      }
      if (type.equals(DNS)) {
        names.add(((String) value).toLowerCase(Locale.ROOT));
      } else if (type.equals(IP)) {
        names.add(address((String) value));
      } else if (type.equals(URI)) {
        names.add((String) value);
      }
    }
    if (names.isEmpty()) {
      String commonName = commonName(certificate);
      if (commonName != null) {
        names.add(commonName.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Returns the most specific common name of the subject as it is written; null if none. */
  public static @Nullable String commonName(X509Certificate certificate) {
    String found = null;
    try {
      X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      for (RDN rdn : subject.getRDNs(COMMON_NAME)) {
        ASN1Encodable value = rdn.getFirst().getValue();
        if (value instanceof ASN1String) {
          found = ((ASN1String) value).getString();
        }
      }
    } catch (IllegalArgumentException e) {
      return null;
    }
    return found;
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? java.util.Collections.emptyList() : names;
    } catch (CertificateParsingException e) {
      return java.util.Collections.emptyList();
    }
  }

  private static String address(String text) {
    if (!text.matches("[0-9a-fA-F:.]+")) {
      return text;
    }
    try {
      // A literal is parsed, never looked up.
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      return text;
    }
  }
}
