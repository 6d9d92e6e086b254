package dev.hitless.renew.issue;

import dev.hitless.material.Location;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.RealDisk;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A root, a CA below it, and what they have signed. */
abstract class LocalCaWorld {
  static final SecureRandom RANDOM = new SecureRandom();
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
  static final Instant LATER = NOW.plus(Duration.ofDays(3650));

  @TempDir Path directory;
  final List<String> warnings = new ArrayList<>();
  Ca root;
  Ca ca;

  @BeforeEach
  void makeCa() throws Exception {
    root = Ca.root("root", keys(KeyKind.P_256), YESTERDAY, LATER);
    ca = root.below("issuing", keys(KeyKind.P_384), YESTERDAY, LATER);
  }

  List<X509Certificate> issue(X509Certificate old, KeyKind kind, Duration validity)
      throws Exception {
    return issuer(ca.write(directory.resolve("ca.pem"))).issue(request(old, kind, validity));
  }

  static CertificateRequest request(X509Certificate old, KeyKind kind, Duration validity)
      throws Exception {
    return new CertificateRequest(
        Collections.singletonList(old), kind.generate(old.getPublicKey(), RANDOM), validity);
  }

  LocalCa issuer(Path file) {
    return issuer(
        Location.pem(Collections.singletonList(file), Collections.emptyList()),
        null,
        new RealDisk(),
        clock());
  }

  LocalCa issuer(Location location, String alias, Disk disk, Clock clock) {
    return new LocalCa(location, alias, disk, clock, RANDOM, warnings::add);
  }

  static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  static KeyPair keys(KeyKind kind) throws IssuerException {
    return kind.generate(null, RANDOM);
  }

  static Extension names(String dns) throws Exception {
    return Extension.create(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, dns)));
  }

  static X509Certificate leaf(Ca by, KeyPair keys, Duration span, Extension... extensions)
      throws Exception {
    Instant begin = NOW.minus(span.dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
    return by.sign(new X500Name("O=test,CN=a.test"), keys, begin, begin.plus(span), extensions);
  }

  static Instant begin(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** The JDK judges, as an independent implementation of RFC 5280, section 6. */
  static void assertPkix(List<X509Certificate> chain, X509Certificate anchor) throws Exception {
    PKIXParameters parameters =
        new PKIXParameters(Collections.singleton(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW));
    List<X509Certificate> path = new ArrayList<>(chain);
    path.remove(anchor);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }
}
