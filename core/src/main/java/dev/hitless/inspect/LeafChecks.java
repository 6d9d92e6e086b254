package dev.hitless.inspect;

import dev.hitless.inspect.Problem.Kind;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can be wrong with a certificate by itself.
 *
 * <p>Immutable and thread-safe.
 */
final class LeafChecks {
  private static final int DIGITAL_SIGNATURE = 0;

  private final Instant now;
  private final Purpose purpose;

  LeafChecks(Instant now, Purpose purpose) {
    this.now = now;
    this.purpose = purpose;
  }

  /** Returns what is wrong with a certificate that a server or client is to present. */
  List<Problem> ofLeaf(X509Certificate leaf) {
    List<Problem> problems = ofAny(leaf);
    if (purpose == Purpose.SERVER && !HostNames.hasNames(leaf)) {
      problems.add(
          new Problem(
              Kind.NO_NAMES,
              "the certificate has no subject alternative name; clients ignore the common name"));
    }
    if (leaf.getBasicConstraints() >= 0) {
      problems.add(
          new Problem(
              Kind.CA_LEAF,
              "the certificate is a CA's (CA:true): whoever has its key can issue others"));
    }
    if (!permits(leaf)) {
      problems.add(
          new Problem(
              Kind.WRONG_USAGE,
              "the certificate's extended key usage does not permit " + purpose.plural));
    }
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      problems.add(
          new Problem(
              Kind.NO_DIGITAL_SIGNATURE,
              "the certificate's key usage lacks digitalSignature, which TLS 1.3 needs"));
    }
    return problems;
  }

  /** Returns what is wrong with any certificate, a CA's included. */
  List<Problem> ofAny(X509Certificate certificate) {
    List<Problem> problems = new ArrayList<>();
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    if (now.isAfter(notAfter)) {
      problems.add(new Problem(Kind.EXPIRED, "the certificate expired at " + notAfter));
    } else if (now.isBefore(notBefore)) {
      problems.add(
          new Problem(Kind.NOT_YET_VALID, "the certificate is not valid before " + notBefore));
    }
    problems.addAll(ofStrength(certificate, "the certificate"));
    return problems;
  }

  /** Returns what is wrong with a certificate above the leaf. */
  List<Problem> ofIssuer(X509Certificate issuer, boolean selfSigned) {
    List<Problem> problems = new ArrayList<>();
    String name = "the issuer " + issuer.getSubjectX500Principal();
    if (now.isAfter(issuer.getNotAfter().toInstant())
        || now.isBefore(issuer.getNotBefore().toInstant())) {
      problems.add(
          new Problem(
              Kind.ISSUER_NOT_VALID,
              name
                  + " is valid from "
                  + issuer.getNotBefore().toInstant()
                  + " to "
                  + issuer.getNotAfter().toInstant()
                  + " only"));
    }
    if (!selfSigned) {
      problems.addAll(ofStrength(issuer, name));
    }
    return problems;
  }

  private static List<Problem> ofStrength(X509Certificate certificate, String name) {
    List<Problem> problems = new ArrayList<>();
    KeyFacts key = KeyFacts.of(certificate.getPublicKey());
    if (key.isWeak()) {
      problems.add(new Problem(Kind.WEAK_KEY, name + " has a weak key: " + key));
    }
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    boolean root =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    if (!root && signature.replace("-", "").matches("(MD2|MD5|SHA1)WITH.*|SHA1|DSA")) {
      problems.add(
          new Problem(
              Kind.WEAK_SIGNATURE,
              name + " is signed with " + certificate.getSigAlgName() + ", which clients refuse"));
    }
    return problems;
  }

  private boolean permits(X509Certificate leaf) {
    try {
      List<String> usages = leaf.getExtendedKeyUsage();
      return usages == null || usages.contains(purpose.usage) || usages.contains(Purpose.ANY_USAGE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
