package dev.hitless.inspect;

import dev.hitless.testing.TestCa;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates with what nobody should issue; issued under another name. */
final class OddLeaf {
  private String signature = "SHA256withECDSA";
  private final X509v3CertificateBuilder builder;

  private OddLeaf(KeyPair keys) {
    Instant now = Instant.now();
    builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=odd issuer"),
            BigInteger.TEN,
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(90))),
            new X500Principal("CN=odd"),
            keys.getPublic());
  }

  static OddLeaf forKey(KeyPair keys) {
    return new OddLeaf(keys);
  }

  static OddLeaf forEc() {
    return forKey(TestCa.keyPair("EC"));
  }

  static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  OddLeaf named(String name) throws Exception {
    return with(
        Extension.subjectAlternativeName,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
  }

  OddLeaf ca() throws Exception {
    return with(Extension.basicConstraints, new BasicConstraints(true));
  }

  OddLeaf forClientsOnly() throws Exception {
    return with(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
  }

  OddLeaf forEnciphermentOnly() throws Exception {
    return with(Extension.keyUsage, new KeyUsage(KeyUsage.keyEncipherment));
  }

  OddLeaf signedWith(String algorithm) {
    signature = algorithm;
    return this;
  }

  private OddLeaf with(ASN1ObjectIdentifier extension, ASN1Encodable value) throws Exception {
    builder.addExtension(extension, false, value);
    return this;
  }

  X509Certificate issue() throws GeneralSecurityException, OperatorException {
    KeyPair issuer = signature.endsWith("RSA") ? rsa(1024) : TestCa.keyPair("EC");
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(signature).build(issuer.getPrivate())));
  }
}
