package dev.hitless.follow;

import static dev.hitless.follow.Pki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.follow.Verdict.Kind;
import dev.hitless.material.Identity;
import dev.hitless.material.Trust;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Pki ROOT = Pki.root("Root");
  private static final Pki UPPER = ROOT.intermediate("Upper");
  private static final Pki LOWER = UPPER.intermediate("Lower");
  private static final Pki OTHER = ROOT.intermediate("Other");

  private final Identity served = LOWER.leaf("a.example").identity();

  private static Verdict judge(Identity served, Identity candidate) {
    return new Gate(false).judge(served, candidate, NOW);
  }

  private static Kind kind(Identity served, Identity candidate) {
    return judge(served, candidate).kind();
  }

  @Test
  void acceptsARenewal() {
    Verdict verdict = judge(served, LOWER.leaf("a.example").identity());
    assertThat(verdict.kind()).isEqualTo(Kind.ACCEPT);
    assertThat(verdict.reason()).isEmpty();
  }

  @Test
  void acceptsAnOlderCertificateThatIsStillValid() {
    Identity older =
        LOWER
            .leaf("a.example")
            .valid(NOW.minus(Duration.ofDays(60)), NOW.plus(Duration.ofDays(5)))
            .identity();
    assertThat(kind(served, older)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void refusesAnExpiredCertificateInPlaceOfAValidOne() {
    Verdict verdict = judge(served, LOWER.leaf("a.example").expired().identity());
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSE);
    assertThat(verdict.reason()).contains("expired at 2026-05-31", "stays", "restart");
  }

  @Test
  void refusesACertificateThatIsNotYetValidInPlaceOfAValidOne() {
    Verdict verdict = judge(served, LOWER.leaf("a.example").notYetValid().identity());
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSE);
    assertThat(verdict.reason()).contains("not valid before 2026-06-02");
  }

  @Test
  void warnsOfAnExpiredCertificateInPlaceOfAnExpiredOne() {
    Identity expired = LOWER.leaf("a.example").expired().identity();
    assertThat(kind(expired, LOWER.leaf("a.example").expired().identity())).isEqualTo(Kind.WARN);
  }

  @Test
  void acceptsAValidCertificateInPlaceOfAnExpiredOne() {
    Identity expired = LOWER.leaf("a.example").expired().identity();
    assertThat(kind(expired, LOWER.leaf("a.example").identity())).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void refusesAChainThatBreaksWhereTheServedOneLinked() {
    Pki impostor = Pki.root("Root").intermediate("Lower");
    Verdict verdict = judge(served, LOWER.leaf("a.example").identity(impostor.chain));
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSE);
    assertThat(verdict.reason()).contains("breaks");
  }

  @Test
  void acceptsARenewedLeafOfAChainThatNeverLinked() {
    Pki impostor = Pki.root("Root").intermediate("Lower");
    Identity broken = LOWER.leaf("a.example").identity(impostor.chain);
    Identity renewed = LOWER.leaf("a.example").identity(impostor.chain);
    assertThat(kind(broken, renewed)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void refusesALeafWhoseIntermediatesWereForgotten() {
    Verdict verdict = judge(served, LOWER.leaf("a.example").identity(Collections.emptyList()));
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSE);
    assertThat(verdict.reason()).contains("lacks the intermediate certificate of CN=Lower");
  }

  @Test
  void refusesAChainWhoseUpperIntermediateWasForgotten() {
    Identity cut = LOWER.leaf("a.example").identity(Arrays.asList(LOWER.certificate));
    assertThat(kind(served, cut)).isEqualTo(Kind.REFUSE);
  }

  @Test
  void acceptsAChainWithoutACrossSignedRootThatClientsTrust() {
    Pki young = Pki.root("Young root");
    Pki crossSigned = young.crossSignedBy(ROOT);
    Pki issuing = crossSigned.intermediate("Issuing");
    Identity before = issuing.leaf("a.example").identity();
    Identity after = issuing.leaf("a.example").identity(Arrays.asList(issuing.certificate));
    assertThat(judge(before, after).reason()).contains("lacks the intermediate", "CN=Young root");
    assertThat(trusting(young).judge(before, after, NOW).kind()).isEqualTo(Kind.ACCEPT);
    assertThat(trusting(Pki.root("Young root")).judge(before, after, NOW).kind())
        .isEqualTo(Kind.REFUSE);
    Identity leaf = issuing.leaf("a.example").identity(Collections.emptyList());
    assertThat(trusting(young).judge(before, leaf, NOW).kind()).isEqualTo(Kind.REFUSE);
  }

  private static Gate trusting(Pki root) {
    return new Gate(false, () -> Trust.of(Collections.singleton(root.certificate)));
  }

  @Test
  void acceptsALeafAloneWhereTheServedOneStoodAlone() {
    Identity alone = LOWER.leaf("a.example").identity(Collections.emptyList());
    Identity renewed = LOWER.leaf("a.example").identity(Collections.emptyList());
    assertThat(kind(alone, renewed)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void holdsALeafOfAnotherIssuerThatCameAlone() {
    Identity alone = OTHER.leaf("a.example").identity(Collections.emptyList());
    assertThat(kind(served, alone)).isEqualTo(Kind.HOLD);
  }

  @Test
  void acceptsAnotherIssuerWithItsChain() {
    assertThat(kind(served, OTHER.leaf("a.example").identity())).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void acceptsAChainWithoutTheRootThatTheServedOneBrought() {
    Identity withRoot =
        OTHER.leaf("a.example").identity(Arrays.asList(OTHER.certificate, ROOT.certificate));
    assertThat(kind(withRoot, OTHER.leaf("a.example").identity())).isEqualTo(Kind.ACCEPT);
    assertThat(kind(OTHER.leaf("a.example").identity(), withRoot)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void acceptsASuperfluousCertificate() {
    Identity more =
        OTHER.leaf("a.example").identity(Arrays.asList(OTHER.certificate, LOWER.certificate));
    assertThat(kind(served, more)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void acceptsAnIntermediateThatIsOutOfOrder() {
    Identity shuffled =
        LOWER.leaf("a.example").identity(Arrays.asList(UPPER.certificate, LOWER.certificate));
    assertThat(kind(served, shuffled)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void refusesAnExpiredIntermediateWhereTheServedOnesAreValid() {
    Pki stale = ROOT.intermediate("Stale", NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1));
    Verdict verdict = judge(served, stale.leaf("a.example").identity());
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSE);
    assertThat(verdict.reason()).contains("CN=Stale");
  }

  @Test
  void acceptsARenewedLeafUnderAnIntermediateThatIsExpiredAlready() {
    Pki stale = ROOT.intermediate("Stale", NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1));
    Identity before = stale.leaf("a.example").identity();
    assertThat(kind(before, stale.leaf("a.example").identity())).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void warnsOfASelfSignedLeafInPlaceOfAnIssuedOne() {
    Identity selfSigned = Pki.selfSigned("a.example").identity();
    assertThat(kind(served, selfSigned)).isEqualTo(Kind.WARN);
    assertThat(kind(selfSigned, Pki.selfSigned("a.example").identity())).isEqualTo(Kind.ACCEPT);
    assertThat(kind(selfSigned, served)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void refusesALeafThatForbidsServers() {
    Identity client = LOWER.leaf("a.example").purposes(KeyPurposeId.id_kp_clientAuth).identity();
    assertThat(kind(served, client)).isEqualTo(Kind.REFUSE);
    assertThat(kind(client, LOWER.leaf("a.example").identity())).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void warnsOfALeafThatNoLongerPermitsClientsButServers() {
    Identity server = LOWER.leaf("a.example").purposes(KeyPurposeId.id_kp_serverAuth).identity();
    assertThat(kind(served, server)).isEqualTo(Kind.WARN);
  }

  @Test
  void refusesALeafForNeitherInPlaceOfOneForClientsOnly() {
    Identity client = LOWER.leaf("a.example").purposes(KeyPurposeId.id_kp_clientAuth).identity();
    Identity mail = LOWER.leaf("a.example").purposes(KeyPurposeId.id_kp_emailProtection).identity();
    assertThat(kind(client, mail)).isEqualTo(Kind.REFUSE);
  }

  @Test
  void acceptsAnyPurposeAndNoStatedPurpose() {
    Identity any = LOWER.leaf("a.example").purposes(KeyPurposeId.anyExtendedKeyUsage).identity();
    Identity none = LOWER.leaf("a.example").purposes().identity();
    assertThat(kind(served, any)).isEqualTo(Kind.ACCEPT);
    assertThat(kind(served, none)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void refusesALeafWhoseKeyUsageForbidsSignatures() {
    Identity encipher = LOWER.leaf("a.example").usage(KeyUsage.keyEncipherment).identity();
    assertThat(kind(served, encipher)).isEqualTo(Kind.REFUSE);
    assertThat(kind(encipher, LOWER.leaf("a.example").usage(KeyUsage.keyEncipherment).identity()))
        .isEqualTo(Kind.ACCEPT);
  }

  @Test
  void warnsOfALeafThatDropsNames() {
    Identity both = LOWER.leaf("a.example", "b.example").identity();
    Verdict verdict = judge(both, LOWER.leaf("a.example").identity());
    assertThat(verdict.kind()).isEqualTo(Kind.WARN);
    assertThat(verdict.reason()).contains("[b.example]");
    assertThat(kind(served, both)).isEqualTo(Kind.ACCEPT);
  }

  @Test
  void acceptsAWildcardInPlaceOfItsNames() {
    Identity names = LOWER.leaf("a.example.org", "b.example.org").identity();
    Identity wildcard = LOWER.leaf("*.example.org").identity();
    assertThat(kind(names, wildcard)).isEqualTo(Kind.ACCEPT);
    assertThat(kind(wildcard, names)).isEqualTo(Kind.WARN);
  }

  @Test
  void warnsOfAnotherKeyType() {
    Verdict verdict = judge(served, LOWER.leaf("a.example").rsa().identity());
    assertThat(verdict.kind()).isEqualTo(Kind.WARN);
    assertThat(verdict.reason()).contains("from EC to RSA");
  }

  @Test
  void aStrictGateRefusesWhatTheOtherWarnsOf() {
    Identity both = LOWER.leaf("a.example", "b.example").identity();
    Verdict verdict = new Gate(true).judge(both, LOWER.leaf("a.example").identity(), NOW);
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSE);
    assertThat(verdict.reason()).contains("[b.example]", "stays");
  }

  @Test
  void holdsWhatItWouldRefuseWhenTheServedOneIsExpired() {
    Identity expired = LOWER.leaf("a.example").expired().identity();
    Identity forgetful = LOWER.leaf("a.example").identity(Collections.emptyList());
    Verdict verdict = judge(expired, forgetful);
    assertThat(verdict.kind()).isEqualTo(Kind.HOLD);
    assertThat(verdict.reason()).contains("lacks", "not valid now").doesNotContain("stays");
  }

  @Test
  void namesEveryReasonOfARefusal() {
    Identity candidate =
        LOWER
            .leaf("a.example")
            .expired()
            .purposes(KeyPurposeId.id_kp_clientAuth)
            .identity(Collections.emptyList());
    assertThat(judge(served, candidate).reason())
        .contains("expired at", "lacks", "forbids servers");
  }
}
