package dev.hitless.testing;

import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests; its own key is P-256. Immutable and thread-safe. */
public final class TestCa {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair keys;
  private final X500Principal subject;

  /** This CA's certificate and those of its issuers, up to the root. */
  private final List<X509Certificate> chain;

  private TestCa(KeyPair keys, X500Principal subject, List<X509Certificate> chain) {
    this.keys = keys;
    this.subject = subject;
    this.chain = chain;
  }

  /** Creates a root. */
  public static TestCa create(String commonName) {
    KeyPair keys = keyPair("EC");
    X500Principal subject = new X500Principal("CN=" + commonName);
    X509Certificate certificate = sign(subject, keys, subject, keys, tenYears(), true);
    return new TestCa(keys, subject, Collections.singletonList(certificate));
  }

  /** Creates a CA that this one issues. */
  public TestCa intermediate(String commonName) {
    KeyPair ownKeys = keyPair("EC");
    X500Principal ownSubject = new X500Principal("CN=" + commonName);
    return new TestCa(
        ownKeys, ownSubject, with(sign(ownSubject, ownKeys, subject, keys, tenYears(), true)));
  }

  /** Returns a certificate for another CA's name and key, issued by this one. */
  public X509Certificate crossSign(TestCa other) {
    return sign(other.subject, other.keys, subject, keys, tenYears(), true);
  }

  /** Returns this CA's own certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Returns this CA's own key and chain, as its files hold them. */
  public Identity identity() {
    try {
      return Identity.of(keys.getPrivate(), chain);
    } catch (MaterialException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Issues an identity that is valid from yesterday for 90 days. */
  public Identity issue(String keyType, String... names) {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return issue(keyType, yesterday, yesterday.plus(Duration.ofDays(90)), names);
  }

  /**
   * Issues an identity with a new key.
   *
   * @param keyType see {@link #keyPair}
   * @param names DNS names, IP addresses, URIs; the first one is the common name too
   * @return its chain leads from the leaf to the root, which is part of it
   */
  public Identity issue(String keyType, Instant notBefore, Instant notAfter, String... names) {
    return issueFor(keyPair(keyType), notBefore, notAfter, names);
  }

  /** Issues an identity for a key that exists. */
  public Identity issueFor(KeyPair own, Instant notBefore, Instant notAfter, String... names) {
    X500Principal ownSubject = new X500Principal("CN=" + names[0].replaceAll("[^\\w.*-]", "_"));
    Instant[] validity = {notBefore, notAfter};
    try {
      return Identity.of(
          own.getPrivate(), with(sign(ownSubject, own, subject, keys, validity, false, names)));
    } catch (MaterialException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a key pair.
   *
   * @param keyType {@code RSA} (2048 bits), {@code EC} (P-256), {@code P-384}, {@code P-521}, or
   *     the name of any algorithm of {@link KeyPairGenerator}, such as {@code Ed25519}
   */
  public static KeyPair keyPair(String keyType) {
    try {
      if (keyType.equals("EC") || keyType.startsWith("P-")) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        String bits = keyType.equals("EC") ? "256" : keyType.substring(2);
        generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
        return generator.generateKeyPair();
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
      if (!keyType.startsWith("Ed")) {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<X509Certificate> with(X509Certificate leaf) {
    List<X509Certificate> longer = new ArrayList<>();
    longer.add(leaf);
    longer.addAll(chain);
    return longer;
  }

  private static Instant[] tenYears() {
    Instant now = Instant.now();
    return new Instant[] {now.minus(Duration.ofDays(365)), now.plus(Duration.ofDays(3650))};
  }

  private static X509Certificate sign(
      X500Principal subject,
      KeyPair subjectKeys,
      X500Principal issuer,
      KeyPair issuerKeys,
      Instant[] validity,
      boolean ca,
      String... names) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(100, RANDOM).add(BigInteger.ONE),
              Date.from(validity[0]),
              Date.from(validity[1]),
              subject,
              subjectKeys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuerKeys.getPublic()));
      if (names.length > 0) {
        GeneralName[] alternatives = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
          alternatives[i] = new GeneralName(typeOf(names[i]), names[i]);
        }
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a list of revoked certificates, valid for a day from now. */
  public X509CRL revocations(X509Certificate... revoked) {
    Date now = Date.from(Instant.now().minusSeconds(60));
    try {
      X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(subject, now);
      builder.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))));
      for (X509Certificate certificate : revoked) {
        builder.addCRLEntry(certificate.getSerialNumber(), now, CRLReason.keyCompromise);
      }
      return new JcaX509CRLConverter()
          .getCRL(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int typeOf(String name) {
    if (name.contains("://")) {
      return GeneralName.uniformResourceIdentifier;
    }
    return name.contains(":") || name.matches("[0-9.]+")
        ? GeneralName.iPAddress
        : GeneralName.dNSName;
  }
}
