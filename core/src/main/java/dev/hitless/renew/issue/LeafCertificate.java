package dev.hitless.renew.issue;

import dev.hitless.material.Chain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.jspecify.annotations.Nullable;

/** Composes and signs one leaf (RFC 5280, section 4). Immutable and thread-safe. */
final class LeafCertificate {
  /** With the highest of 159 bits set, a serial has 158 random bits and always 20 octets. */
  private static final int SERIAL_BITS = 158;

  private final Authority ca;
  private final PublicKey key;
  private final X509Certificate old;
  private final LeafExtensions oldExtensions;

  LeafCertificate(Authority ca, PublicKey key, X509Certificate old) throws IssuerException {
    this.ca = ca;
    this.key = key;
    this.old = old;
    this.oldExtensions = new LeafExtensions(old);
  }

  /**
   * Signs.
   *
   * @param sameCa whether the CA issued the old leaf too
   * @param random makes the serial number
   * @throws IssuerException why it cannot be, or why clients would reject it
   */
  X509Certificate sign(Validity validity, boolean sameCa, SecureRandom random)
      throws IssuerException {
    if (old.getBasicConstraints() >= 0) {
      throw new IssuerException(
          "the certificate of "
              + old.getSubjectX500Principal()
              + " is a CA's own; a local CA renews leaves only",
          null);
    }
    List<String> left = oldExtensions.criticalLeftBehind(sameCa);
    if (!left.isEmpty()) {
      throw new IssuerException(
          "the old certificate has critical extensions that a new one would lose: "
              + left
              + ". Renew it as it was issued.",
          null);
    }
    X500Name subject = X500Name.getInstance(old.getSubjectX500Principal().getEncoded());
    Extension names = oldExtensions.get(Extension.subjectAlternativeName);
    new NameLimits(ca.chain())
        .check(subject, names == null ? null : GeneralNames.getInstance(names.getParsedValue()));
    PublicKey caKey = ca.certificate().getPublicKey();
    try {
      X509v3CertificateBuilder builder = builder(subject, validity, random);
      identify(builder, caKey);
      for (Extension wanted : oldExtensions.wanted(key)) {
        builder.addExtension(wanted);
      }
      if (sameCa) {
        for (Extension carried : oldExtensions.ofTheCa()) {
          builder.addExtension(carried);
        }
      }
      byte[] der = builder.build(JdkSigner.of(ca.key(), caKey)).getEncoded();
      X509Certificate leaf =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (!Chain.issued(ca.certificate(), leaf)) {
        throw new IssuerException("the CA's key does not belong to its certificate", null);
      }
      return leaf;
    } catch (IOException | GeneralSecurityException | IllegalStateException e) {
      throw new IssuerException("the certificate cannot be signed: " + e.getMessage(), e);
    }
  }

  private X509v3CertificateBuilder builder(
      X500Name subject, Validity validity, SecureRandom random) {
    return new X509v3CertificateBuilder(
        X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded()),
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
        Date.from(validity.notBefore),
        Date.from(validity.notAfter),
        subject,
        KeyOids.info(key));
  }

  private void identify(X509v3CertificateBuilder builder, PublicKey caKey)
      throws IOException, GeneralSecurityException {
    Extension constraints = oldExtensions.get(Extension.basicConstraints);
    builder.addExtension(
        Extension.basicConstraints,
        constraints == null || constraints.isCritical(),
        new BasicConstraints(false));
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
    byte[] ofCa = subjectKeyIdentifier(ca.certificate());
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        ofCa == null
            ? identifiers.createAuthorityKeyIdentifier(caKey)
            : new AuthorityKeyIdentifier(ofCa));
  }

  private static byte @Nullable [] subjectKeyIdentifier(X509Certificate ca) {
    byte[] value = ca.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    return value == null
        ? null
        : SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(value).getOctets())
            .getKeyIdentifier();
  }
}
