package dev.hitless.renew.issue;

import dev.hitless.material.Chain;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Names;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What is checked of an issued chain before anything is replaced by it; an issuer is trusted with
 * nothing.
 *
 * <p>Immutable and thread-safe.
 */
public final class IssuedChainCheck {
  /** How far the issuer's clock may be ahead of ours. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;

  private final X509Certificate old;
  private final boolean forced;

  /**
   * Creates a check.
   *
   * @param old the leaf that is to be replaced
   * @param forced whether a person insisted: then the new certificate may end before the old one
   */
  public IssuedChainCheck(X509Certificate old, boolean forced) {
    this.old = old;
    this.forced = forced;
  }

  /**
   * Checks a chain.
   *
   * @param key the new private key
   * @param chain as it was issued, leaf first
   * @param now what time it is
   * @param window how long before its end this certificate would be renewed; zero to skip that
   * @return all that is wrong, each in words for a person; empty if nothing is; unmodifiable
   */
  public List<String> problems(
      PrivateKey key, List<X509Certificate> chain, Instant now, Duration window) {
    if (chain.isEmpty()) {
      return Collections.singletonList("there is no certificate");
    }
    List<String> problems = new ArrayList<>();
    X509Certificate leaf = chain.get(0);
    checkKey(key, chain, problems);
    checkLinks(chain, problems);
    checkNames(leaf, problems);
    checkUsages(leaf, problems);
    checkValidity(chain, now, window, problems);
    return Collections.unmodifiableList(problems);
  }

  private static void checkKey(PrivateKey key, List<X509Certificate> chain, List<String> problems) {
    try {
      Identity.of(key, chain.subList(0, 1));
    } catch (MaterialException first) {
      try {
        X509Certificate leaf = Identity.of(key, chain).leaf();
        problems.add(
            "the leaf does not come first: the key belongs to " + leaf.getSubjectX500Principal());
      } catch (MaterialException none) {
        problems.add("it is a certificate for another key than the new one");
      }
    }
  }

  private static void checkLinks(List<X509Certificate> chain, List<String> problems) {
    int linked = Chain.linkedLength(chain);
    if (linked < chain.size()) {
      problems.add(
          "the chain breaks after certificate "
              + linked
              + ": "
              + chain.get(linked).getSubjectX500Principal()
              + " did not sign "
              + chain.get(linked - 1).getSubjectX500Principal());
    }
    for (X509Certificate ca : chain.subList(1, chain.size())) {
      if (ca.getBasicConstraints() < 0 && !Chain.selfSigned(ca)) {
        problems.add(ca.getSubjectX500Principal() + " in the chain is no CA");
      }
    }
  }

  private void checkNames(X509Certificate leaf, List<String> problems) {
    Set<GeneralName> lost = alternatives(old);
    lost.removeAll(alternatives(leaf));
    for (GeneralName name : lost) {
      problems.add("the name " + name.getName() + " of the old certificate is gone");
    }
    if (alternatives(old).isEmpty()) {
      Set<String> names = new LinkedHashSet<>(Names.of(old));
      names.removeAll(Names.of(leaf));
      for (String name : names) {
        problems.add("the name " + name + " of the old certificate is gone");
      }
    }
  }

  private static Set<GeneralName> alternatives(X509Certificate certificate) {
    Set<GeneralName> names = new LinkedHashSet<>();
    byte[] value = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
    if (value != null) {
      byte[] octets = ASN1OctetString.getInstance(value).getOctets();
      for (GeneralName name : GeneralNames.getInstance(octets).getNames()) {
        names.add(plain(name));
      }
    }
    return names;
  }

  /** DNS names are the same in either case. */
  private static GeneralName plain(GeneralName name) {
    return name.getTagNo() == GeneralName.dNSName
        ? new GeneralName(GeneralName.dNSName, name.getName().toString().toLowerCase(Locale.ROOT))
        : name;
  }

  private void checkUsages(X509Certificate leaf, List<String> problems) {
    if (leaf.getBasicConstraints() >= 0) {
      problems.add("it is a CA's certificate (CA:true), not a leaf");
    }
    boolean[] usage = leaf.getKeyUsage();
    boolean[] before = old.getKeyUsage();
    if (usage != null
        && !usage[DIGITAL_SIGNATURE]
        && (before == null || before[DIGITAL_SIGNATURE])) {
      problems.add("the key usage digitalSignature is gone");
    }
    try {
      List<String> extended = leaf.getExtendedKeyUsage();
      if (extended == null || extended.contains(ANY_USAGE)) {
        return;
      }
      List<String> former = old.getExtendedKeyUsage();
      List<String> lost = new ArrayList<>();
      if (former == null) {
        // Anything was allowed; a server needs serverAuth, and what it was used for is unknown.
        lost.add("1.3.6.1.5.5.7.3.1");
      } else {
        lost.addAll(former);
      }
      lost.removeAll(extended);
      for (String oid : lost) {
        problems.add("the extended key usage " + name(oid) + " is gone");
      }
    } catch (CertificateParsingException e) {
      problems.add("its extended key usages are damaged");
    }
  }

  private static String name(String oid) {
    switch (oid) {
      case "1.3.6.1.5.5.7.3.1":
        return "serverAuth";
      case "1.3.6.1.5.5.7.3.2":
        return "clientAuth";
      default:
        return oid;
    }
  }

  private void checkValidity(
      List<X509Certificate> chain, Instant now, Duration window, List<String> problems) {
    Instant end = chain.get(0).getNotAfter().toInstant();
    for (X509Certificate certificate : chain) {
      Instant begin = certificate.getNotBefore().toInstant();
      String name = String.valueOf(certificate.getSubjectX500Principal());
      if (begin.isAfter(now.plus(SKEW))) {
        problems.add(name + " is not valid before " + begin);
      }
      if (!certificate.getNotAfter().toInstant().isAfter(now)) {
        problems.add(name + " expired at " + certificate.getNotAfter().toInstant());
      }
    }
    if (!forced && !end.isAfter(old.getNotAfter().toInstant())) {
      problems.add(
          "it ends at "
              + end
              + ", no later than the old one ("
              + old.getNotAfter().toInstant()
              + ")");
    }
    if (!forced && end.isAfter(now) && !end.minus(window).isAfter(now)) {
      problems.add(
          "it ends at " + end + " and would have to be renewed at once (window " + window + ")");
    }
  }
}
