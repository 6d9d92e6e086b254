package dev.hitless.renew.issue;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.jspecify.annotations.Nullable;

/** The name constraints of a CA and of those above it (RFC 5280, section 4.2.1.10). */
final class NameLimits {
  private final PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();

  /**
   * Reads the constraints.
   *
   * @throws IssuerException if they are damaged
   */
  NameLimits(Iterable<X509Certificate> authorities) throws IssuerException {
    for (X509Certificate authority : authorities) {
      byte[] value = authority.getExtensionValue(Extension.nameConstraints.getId());
      if (value != null) {
        try {
          add(NameConstraints.getInstance(ASN1OctetString.getInstance(value).getOctets()));
        } catch (IllegalArgumentException | IllegalStateException e) {
          throw new IssuerException(
              "the name constraints of " + authority.getSubjectX500Principal() + " are damaged", e);
        }
      }
    }
  }

  private void add(NameConstraints constraints) {
    GeneralSubtree[] permitted = constraints.getPermittedSubtrees();
    if (permitted != null) {
      validator.intersectPermittedSubtree(permitted);
    }
    GeneralSubtree[] excluded = constraints.getExcludedSubtrees();
    if (excluded != null) {
      for (GeneralSubtree subtree : excluded) {
        validator.addExcludedSubtree(subtree);
      }
    }
  }

  /**
   * Checks the names of a leaf.
   *
   * @param subject checked unless it is empty
   * @param alternatives the subject alternative names; null if there are none
   * @throws IssuerException which name the CA may not sign
   */
  void check(X500Name subject, @Nullable GeneralNames alternatives) throws IssuerException {
    if (subject.getRDNs().length > 0) {
      check(new GeneralName(subject));
    }
    if (alternatives != null) {
      for (GeneralName name : alternatives.getNames()) {
        check(name);
      }
    }
  }

  private void check(GeneralName name) throws IssuerException {
    try {
      validator.checkPermitted(name);
      validator.checkExcluded(name);
    } catch (NameConstraintValidatorException e) {
      throw new IssuerException(
          "the name constraints of the CA forbid "
              + name.getName()
              + "; clients would reject such a certificate. Use a CA that may sign this name.",
          e);
    }
  }
}
