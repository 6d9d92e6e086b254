package dev.hitless.renew.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class IssuedChainCheckTest {
  private final Instant now = Instant.now();

  private final TestCa root = TestCa.create("root");
  private final TestCa ca = root.intermediate("ca");
  private final Identity old = ca.issue("EC", days(-80), days(10), "a.test", "10.0.0.1");
  private final Identity good = ca.issue("EC", days(-1), days(90), "A.test", "10.0.0.1", "b.test");

  @Test
  void findsNothingWrongWithAGoodChain() {
    assertThat(problems(good, good.chain())).isEmpty();
  }

  @Test
  void findsAnotherKeyAndALeafInTheWrongPlace() {
    assertThat(problems(old, good.chain())).singleElement().asString().contains("another key");
    List<X509Certificate> swapped =
        Arrays.asList(good.chain().get(1), good.leaf(), good.chain().get(2));
    assertThat(problems(good, swapped)).anyMatch(text -> text.contains("does not come first"));
    assertThat(problems(good, Collections.emptyList())).containsExactly("there is no certificate");
  }

  @Test
  void findsALinkThatDoesNotVerify() {
    List<X509Certificate> foreign =
        Arrays.asList(good.leaf(), TestCa.create("root").intermediate("ca").certificate());
    assertThat(problems(good, foreign)).singleElement().asString().contains("did not sign");
  }

  @Test
  void findsDroppedNames() {
    Identity fewer = ca.issue("EC", days(-1), days(90), "a.test");
    assertThat(problems(fewer, fewer.chain())).singleElement().asString().contains("is gone");
  }

  @Test
  void findsACertificateThatIsNotValidYetOrAnyMore() {
    Identity early = issue(now.plusSeconds(600), days(90));
    assertThat(problems(early, early.chain())).singleElement().asString().contains("not valid");
    Identity slightlyEarly = issue(now.plusSeconds(200), days(90));
    assertThat(problems(slightlyEarly, slightlyEarly.chain())).isEmpty();
    Identity expired = issue(days(-9), days(-1));
    assertThat(problems(expired, expired.chain())).anyMatch(text -> text.contains("expired"));
  }

  @Test
  void findsOneThatEndsNoLaterThanTheOldUnlessForced() {
    Identity shorter = issue(days(-1), days(9));
    assertThat(problems(shorter, shorter.chain())).anyMatch(text -> text.contains("no later"));
    assertThat(
            new IssuedChainCheck(old.leaf(), true)
                .problems(shorter.key(), shorter.chain(), now, Duration.ofDays(1)))
        .isEmpty();
  }

  @Test
  void findsOneThatIsInsideItsOwnWindow() {
    assertThat(
            new IssuedChainCheck(old.leaf(), false)
                .problems(good.key(), good.chain(), now, Duration.ofDays(95)))
        .singleElement()
        .asString()
        .contains("at once");
  }

  @Test
  void findsLostUsagesAndACaInPlaceOfALeaf() throws Exception {
    KeyPair keys = KeyKind.P_256.generate(null, new SecureRandom());
    Ca authority = Ca.root("root", keys, days(-9), days(900));
    X500Name name = new X500Name("CN=a.test");
    X509Certificate before =
        authority.sign(
            name,
            keys,
            days(-8),
            days(8),
            usages(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));
    X509Certificate after =
        authority.sign(
            name,
            keys,
            days(-1),
            days(80),
            usages(KeyPurposeId.id_kp_serverAuth),
            Extension.create(Extension.basicConstraints, true, new BasicConstraints(true)));
    assertThat(
            new IssuedChainCheck(before, false)
                .problems(keys.getPrivate(), authority.with(after), now, Duration.ZERO))
        .hasSize(2)
        .anyMatch(text -> text.contains("clientAuth is gone"))
        .anyMatch(text -> text.contains("CA:true"));
  }

  private static Extension usages(KeyPurposeId... purposes) throws Exception {
    return Extension.create(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
  }

  private Identity issue(Instant begin, Instant end) {
    return ca.issue("EC", begin, end, "a.test", "10.0.0.1");
  }

  private List<String> problems(Identity key, List<X509Certificate> chain) {
    return new IssuedChainCheck(old.leaf(), false)
        .problems(key.key(), chain, now, Duration.ofDays(1));
  }

  private Instant days(int days) {
    return now.plus(Duration.ofDays(days));
  }
}
