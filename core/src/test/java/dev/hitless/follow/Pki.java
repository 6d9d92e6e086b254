package dev.hitless.follow;

import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority for tests: it issues whatever it is asked for, however wrong. */
final class Pki {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);

  final X509Certificate certificate;

  /** What goes behind a leaf: this authority and those above it, without the root. */
  final List<X509Certificate> chain;

  private final KeyPair keys;

  private Pki(X509Certificate certificate, KeyPair keys, List<X509Certificate> chain) {
    this.certificate = certificate;
    this.keys = keys;
    this.chain = chain;
  }

  static Pki root(String name) {
    KeyPair keys = keys("EC");
    Draft draft = new Draft(null, keys, name).ca();
    return new Pki(draft.certificate(), keys, Collections.emptyList());
  }

  Pki intermediate(String name) {
    return intermediate(name, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(365)));
  }

  Pki intermediate(String name, Instant from, Instant to) {
    KeyPair of = keys("EC");
    X509Certificate issued = new Draft(this, of, name).ca().valid(from, to).certificate();
    List<X509Certificate> above = new ArrayList<>();
    above.add(issued);
    above.addAll(chain);
    return new Pki(issued, of, above);
  }

  /** Returns this authority with a certificate by another one for the same name and key. */
  Pki crossSignedBy(Pki other) {
    Draft draft =
        new Draft(other, keys, certificate.getSubjectX500Principal().getName().substring(3)).ca();
    List<X509Certificate> above = new ArrayList<>();
    above.add(draft.certificate());
    above.addAll(other.chain);
    return new Pki(draft.certificate(), keys, above);
  }

  /** Starts a leaf with a fresh EC key, good for servers and clients for 90 days. */
  Draft leaf(String... names) {
    return new Draft(this, keys("EC"), names);
  }

  /** Starts a leaf that signs itself. */
  static Draft selfSigned(String... names) {
    return new Draft(null, keys("EC"), names);
  }

  static Identity identity(KeyPair keys, X509Certificate... chain) {
    try {
      return Identity.of(keys.getPrivate(), Arrays.asList(chain));
    } catch (MaterialException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns an identity without its intermediates. */
  static Identity alone(Identity whole) {
    try {
      return Identity.of(whole.key(), Arrays.asList(whole.leaf()));
    } catch (MaterialException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair keys(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate to be. */
  static final class Draft {
    final KeyPair keys;
    private final Pki issuer;
    private final String[] names;
    private Instant from = NOW.minus(Duration.ofDays(1));
    private Instant to = NOW.plus(Duration.ofDays(89));
    private boolean ca;
    private int usage = KeyUsage.digitalSignature;
    private KeyPurposeId[] purposes = {
      KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
    };

    Draft(Pki issuer, KeyPair keys, String... names) {
      this.issuer = issuer;
      this.keys = keys;
      this.names = names;
    }

    private Draft ca() {
      ca = true;
      return this;
    }

    Draft rsa() {
      return keys(Pki.keys("RSA"));
    }

    Draft keys(KeyPair other) {
      Draft draft = new Draft(issuer, other, names).valid(from, to).usage(usage);
      draft.purposes = purposes;
      return draft;
    }

    Draft valid(Instant notBefore, Instant notAfter) {
      from = notBefore;
      to = notAfter;
      return this;
    }

    Draft expired() {
      return valid(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1)));
    }

    Draft notYetValid() {
      return valid(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)));
    }

    Draft usage(int bits) {
      usage = bits;
      return this;
    }

    Draft purposes(KeyPurposeId... ids) {
      purposes = ids;
      return this;
    }

    /** Returns the identity with the chain of the issuer, without the root. */
    Identity identity() {
      return identity(issuer == null ? Collections.emptyList() : issuer.chain);
    }

    Identity identity(List<X509Certificate> behind) {
      List<X509Certificate> all = new ArrayList<>();
      all.add(certificate());
      all.addAll(behind);
      return Pki.identity(keys, all.toArray(new X509Certificate[0]));
    }

    X509Certificate certificate() {
      X500Name subject = new X500Name("CN=" + names[0]);
      X500Name by =
          issuer == null
              ? subject
              : new X500Name(issuer.certificate.getSubjectX500Principal().getName());
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              by,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(from),
              Date.from(to),
              subject,
              keys.getPublic());
      try {
        extend(builder);
        KeyPair signer = issuer == null ? keys : issuer.keys;
        String signature =
            signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder(signature).build(signer.getPrivate())));
      } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
        throw new AssertionError(e);
      }
    }

    private void extend(X509v3CertificateBuilder builder) throws CertIOException {
      if (ca) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return;
      }
      List<GeneralName> alternatives = new ArrayList<>();
      for (String name : names) {
        alternatives.add(new GeneralName(GeneralName.dNSName, name));
      }
      ASN1Encodable sans = new GeneralNames(alternatives.toArray(new GeneralName[0]));
      builder.addExtension(Extension.subjectAlternativeName, false, sans);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (purposes.length > 0) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
      }
    }
  }
}
