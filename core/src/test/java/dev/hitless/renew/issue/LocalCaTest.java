package dev.hitless.renew.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.Test;

class LocalCaTest extends LocalCaWorld {
  @Test
  void issuesWhatPkixAcceptsForEveryKindOfKeyAndCaAndLifetime() throws Exception {
    List<KeyKind> kinds =
        Arrays.stream(KeyKind.values())
            .filter(kind -> kind != KeyKind.SAME && kind != KeyKind.RSA_4096 && kind.isSupported())
            .collect(Collectors.toList());
    Map<KeyKind, KeyPair> leafKeys = new EnumMap<>(KeyKind.class);
    for (KeyKind kind : kinds) {
      leafKeys.put(kind, keys(kind));
    }
    Random dice = new Random(7);
    for (KeyKind caKind : kinds) {
      Ca issuing = root.below("ca " + caKind, keys(caKind), YESTERDAY, LATER);
      LocalCa issuer = issuer(issuing.write(directory.resolve("ca.pem")));
      for (KeyKind kind : kinds) {
        KeyPair own = leafKeys.get(kind);
        Duration validity =
            dice.nextBoolean() ? Duration.ofSeconds(1 + dice.nextInt(20_000_000)) : null;
        List<X509Certificate> old =
            issuing.with(leaf(issuing, keys(KeyKind.P_256), Duration.ofHours(7), names("a.test")));
        List<X509Certificate> chain = issuer.issue(new CertificateRequest(old, own, validity));
        assertPkix(chain, root.certificate());
        assertThat(chain.get(0).getPublicKey()).isEqualTo(own.getPublic());
        assertThat(
                new IssuedChainCheck(old.get(0), true)
                    .problems(own.getPrivate(), chain, NOW, Duration.ZERO))
            .isEmpty();
      }
    }
  }

  @Test
  void keepsEveryNameByteForByteWithItsCriticalFlag() throws Exception {
    Extension names =
        Extension.create(
            Extension.subjectAlternativeName,
            true,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.dNSName, "A.test"),
                  new GeneralName(GeneralName.iPAddress, "10.1.2.3"),
                  new GeneralName(GeneralName.iPAddress, "::1"),
                  new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://x/y"),
                  new GeneralName(GeneralName.rfc822Name, "a@a.test"),
                  new GeneralName(new X500Name("CN=dir")),
                  new GeneralName(
                      GeneralName.otherName,
                      new OtherName(
                          new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
                          new DERUTF8String("u@a.test")))
                }));
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names);
    X509Certificate leaf = issue(old, KeyKind.P_256, null).get(0);
    String oid = Extension.subjectAlternativeName.getId();
    assertThat(leaf.getExtensionValue(oid)).isEqualTo(old.getExtensionValue(oid));
    assertThat(leaf.getCriticalExtensionOIDs()).contains(oid);
    assertThat(leaf.getSubjectX500Principal()).isEqualTo(old.getSubjectX500Principal());
  }

  @Test
  void leavesOutKeyEnciphermentWhenAnEcKeyFollowsAnRsaKey() throws Exception {
    Extension usage =
        Extension.create(
            Extension.keyUsage,
            true,
            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
    Extension extended =
        Extension.create(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    X509Certificate old =
        leaf(ca, keys(KeyKind.RSA_2048), Duration.ofDays(9), names("a.test"), usage, extended);
    X509Certificate ec = issue(old, KeyKind.P_256, null).get(0);
    assertThat(ec.getKeyUsage()[0]).isTrue();
    assertThat(ec.getKeyUsage()[2]).isFalse();
    assertThat(ec.getExtendedKeyUsage()).isEqualTo(old.getExtendedKeyUsage());
    X509Certificate rsa = issue(old, KeyKind.SAME, null).get(0);
    assertThat(rsa.getKeyUsage()).isEqualTo(old.getKeyUsage());
  }

  @Test
  void spansTheSameTimeHoweverOftenItIsRenewed() throws Exception {
    for (Duration span : Arrays.asList(Duration.ofSeconds(30), Duration.ofDays(365))) {
      X509Certificate leaf = leaf(ca, keys(KeyKind.P_256), span, names("a.test"));
      for (int i = 0; i < 5; i++) {
        leaf = issue(leaf, KeyKind.P_256, null).get(0);
        assertThat(Duration.between(begin(leaf), end(leaf))).isEqualTo(span);
      }
    }
  }

  @Test
  void countsTheValidityAskedForFromNowAndBackDatesByAnHourAtMost() throws Exception {
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    X509Certificate days = issue(old, KeyKind.P_256, Duration.ofDays(20)).get(0);
    assertThat(end(days)).isEqualTo(NOW.plus(Duration.ofDays(20)));
    assertThat(begin(days)).isEqualTo(NOW.minus(Duration.ofHours(1)));
    X509Certificate seconds = issue(old, KeyKind.P_256, Duration.ofSeconds(30)).get(0);
    assertThat(end(seconds)).isEqualTo(NOW.plusSeconds(30));
    assertThat(begin(seconds)).isEqualTo(NOW.minusSeconds(3));
  }

  @Test
  void neverOutlivesTheCaAndSaysSoOnce() throws Exception {
    Instant begin = NOW.minusSeconds(60);
    Ca ending = root.below("ending", keys(KeyKind.P_256), begin, NOW.plusSeconds(7200));
    LocalCa issuer = issuer(ending.write(directory.resolve("ca.pem")));
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    for (int i = 0; i < 2; i++) {
      X509Certificate leaf = issuer.issue(request(old, KeyKind.P_256, null)).get(0);
      assertThat(end(leaf)).isEqualTo(end(ending.certificate()));
      assertThat(begin(leaf)).isEqualTo(begin);
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("CN=ending", "Renew the CA");
  }

  @Test
  void refusesToSignWhatClientsWouldReject() throws Exception {
    KeyPair keys = keys(KeyKind.P_256);
    Extension isCa = Ca.usual()[0];
    Extension noSigning =
        Extension.create(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    Extension limits =
        Extension.create(
            Extension.nameConstraints,
            true,
            new NameConstraints(
                new GeneralSubtree[] {
                  new GeneralSubtree(new GeneralName(GeneralName.dNSName, "corp.test"))
                },
                null));
    assertRefused(root.below("late", keys, YESTERDAY, NOW.minusSeconds(1)), "expired at");
    assertRefused(root.below("early", keys, NOW.plusSeconds(60), LATER), "not valid before");
    assertRefused(root.below("mute", keys, YESTERDAY, LATER, isCa, noSigning), "keyCertSign");
    assertRefused(root.below("leaf", keys, YESTERDAY, LATER, noSigning), "is no CA's");
    assertRefused(root.below("limited", keys, YESTERDAY, LATER, isCa, limits), "a.test");
    Ca short0 =
        root.below(
            "short",
            keys(KeyKind.P_256),
            YESTERDAY,
            LATER,
            Extension.create(Extension.basicConstraints, true, new BasicConstraints(0)));
    assertRefused(short0.below("deep", keys, YESTERDAY, LATER), "path length");
  }

  @Test
  void returnsTheRootOnlyIfTheOldChainCarriedIt() throws Exception {
    LocalCa issuer = issuer(ca.write(directory.resolve("ca.pem")));
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    KeyPair keys = keys(KeyKind.P_256);
    List<X509Certificate> without =
        issuer.issue(new CertificateRequest(Arrays.asList(old, ca.certificate()), keys, null));
    assertThat(without.subList(1, without.size())).containsExactly(ca.certificate());
    List<X509Certificate> with = issuer.issue(new CertificateRequest(ca.with(old), keys, null));
    assertThat(with.subList(1, with.size())).isEqualTo(ca.chain);
  }

  @Test
  void carriesStatementsOfTheCaOnlyIfTheSameCaMadeThem() throws Exception {
    ASN1ObjectIdentifier staple = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");
    Extension mustStaple = new Extension(staple, false, new byte[] {0x30, 0x03, 0x02, 0x01, 0x05});
    Extension unknown =
        new Extension(new ASN1ObjectIdentifier("1.2.3.4"), false, new byte[] {0x05, 0x00});
    X509Certificate own =
        leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"), mustStaple, unknown);
    X509Certificate leaf = issue(own, KeyKind.P_256, null).get(0);
    assertThat(leaf.getExtensionValue(staple.getId())).isNotNull();
    assertThat(leaf.getExtensionValue("1.2.3.4")).isNull();
    X509Certificate foreign =
        leaf(root, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"), mustStaple);
    assertThat(issue(foreign, KeyKind.P_256, null).get(0).getExtensionValue(staple.getId()))
        .isNull();
  }

  @Test
  void givesEachCertificateALongPositiveSerial() throws Exception {
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    for (int i = 0; i < 20; i++) {
      X509Certificate leaf = issue(old, KeyKind.P_256, null).get(0);
      assertThat(leaf.getSerialNumber().signum()).isEqualTo(1);
      assertThat(leaf.getSerialNumber().toByteArray()).hasSize(20);
    }
  }

  @Test
  void signsNoRequestWithAKeyThatIsNotTheOneAskedFor() throws Exception {
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    KeyPair mixed = new KeyPair(keys(KeyKind.P_256).getPublic(), keys(KeyKind.P_256).getPrivate());
    CertificateRequest request =
        new CertificateRequest(Collections.singletonList(old), mixed, null);

    assertThatThrownBy(request::csr)
        .isInstanceOf(IssuerException.class)
        .hasMessageContaining("not signed by its own");
  }

  private void assertRefused(Ca bad, String why) throws Exception {
    LocalCa issuer = issuer(bad.write(directory.resolve("ca.pem")));
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    assertThatThrownBy(() -> issuer.issue(request(old, KeyKind.P_256, null)))
        .isInstanceOf(IssuerException.class)
        .hasMessageContaining(why);
  }
}
