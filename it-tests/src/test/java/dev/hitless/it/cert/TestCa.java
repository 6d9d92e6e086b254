package dev.hitless.it.cert;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, an intermediate below it, and the leaves that the intermediate issues. */
public final class TestCa {
  private static final Duration LONG = Duration.ofDays(30);

  private final SecureRandom random = new SecureRandom();
  private final X500Name intermediateName;
  private final X509Certificate root;
  private final KeyPair issuer;
  private final X509Certificate intermediate;

  /** One of the same name as all that are made so, as when a root is made anew. */
  public TestCa() throws GeneralSecurityException {
    this("hitless test");
  }

  /** One of a name of its own, by which a server can tell its clients apart from others. */
  public TestCa(String name) throws GeneralSecurityException {
    X500Name rootName = new X500Name("CN=" + name + " root");
    intermediateName = new X500Name("CN=" + name + " intermediate");
    KeyPair rootKeys = KeyKind.RSA.newKeyPair();
    root = sign(rootName, rootKeys, rootName, rootKeys.getPublic(), List.of(), true, LONG);
    issuer = KeyKind.RSA.newKeyPair();
    PublicKey key = issuer.getPublic();
    intermediate = sign(rootName, rootKeys, intermediateName, key, List.of(), true, LONG);
  }

  /** What a client must trust. */
  public X509Certificate root() {
    return root;
  }

  /**
   * Issues a new leaf on a new key.
   *
   * @param names DNS names and IPv4 addresses for the subject alternative names
   */
  public Identity issue(KeyKind kind, List<String> names) throws GeneralSecurityException {
    return issue(kind, names, LONG);
  }

  /** Issues a new leaf on a new key that expires after so long. */
  public Identity issue(KeyKind kind, List<String> names, Duration validity)
      throws GeneralSecurityException {
    return issue(kind.newKeyPair(), names, validity);
  }

  /** Issues a new leaf on a key of the caller's. */
  public Identity issue(KeyPair keys, List<String> names) throws GeneralSecurityException {
    return issue(keys, names, LONG);
  }

  private Identity issue(KeyPair keys, List<String> names, Duration validity)
      throws GeneralSecurityException {
    X500Name subject = new X500Name("CN=" + names.get(0));
    X509Certificate leaf =
        sign(intermediateName, issuer, subject, keys.getPublic(), names, false, validity);
    return new Identity(keys.getPrivate(), List.of(leaf, intermediate));
  }

  /** What signs the leaves, for whoever is to sign more of them. */
  public Identity issuer() {
    return new Identity(issuer.getPrivate(), List.of(intermediate));
  }

  private X509Certificate sign(
      X500Name issuerName,
      KeyPair issuerKeys,
      X500Name subject,
      PublicKey key,
      List<String> names,
      boolean ca,
      Duration validity)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuerName,
            new BigInteger(120, random),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(validity)),
            subject,
            key);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
      }
      byte[] encoded =
          builder
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(issuerKeys.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException("cannot sign a certificate for " + subject, e);
    }
  }

  private static GeneralNames generalNames(List<String> names) {
    List<GeneralName> result = new ArrayList<>();
    for (String name : names) {
      boolean address = Character.isDigit(name.charAt(0));
      result.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
    }
    return new GeneralNames(result.toArray(new GeneralName[0]));
  }
}
