package dev.hitless.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.inspect.Problem.Kind;
import dev.hitless.testing.TestCa;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeafChecksTest {
  private final Instant now = Instant.now();

  @Test
  void findsNothingWrongWithAnOrdinaryLeaf() throws Exception {
    assertThat(kinds(OddLeaf.forEc().named("a.example").issue())).isEmpty();
  }

  @Test
  void tellsTheExpiredFromTheNotYetValid() {
    X509Certificate leaf = TestCa.create("ca").issue("EC", "a.example").leaf();

    assertThat(kinds(leaf, now.plus(Duration.ofDays(90)))).containsExactly(Kind.EXPIRED);
    assertThat(kinds(leaf, now.minus(Duration.ofDays(2)))).containsExactly(Kind.NOT_YET_VALID);
  }

  @Test
  void findsWeakKeys() throws Exception {
    assertThat(kinds(OddLeaf.forKey(OddLeaf.rsa(1024)).named("a.example").issue()))
        .containsExactly(Kind.WEAK_KEY);
    assertThat(kinds(OddLeaf.forKey(OddLeaf.rsa(2048)).named("a.example").issue())).isEmpty();
  }

  @Test
  void findsWeakSignatures() throws Exception {
    for (String weak : new String[] {"SHA1withECDSA", "SHA1withRSA", "MD5withRSA"}) {
      assertThat(kinds(OddLeaf.forEc().named("a.example").signedWith(weak).issue()))
          .as(weak)
          .containsExactly(Kind.WEAK_SIGNATURE);
    }
  }

  @Test
  void findsAServersCertificateWithoutNames() throws Exception {
    X509Certificate nameless = OddLeaf.forEc().issue();

    assertThat(kinds(nameless)).containsExactly(Kind.NO_NAMES);
    assertThat(new LeafChecks(now, Purpose.CLIENT).ofLeaf(nameless)).isEmpty();
  }

  @Test
  void findsALeafThatCanIssueOthers() throws Exception {
    assertThat(kinds(OddLeaf.forEc().named("a.example").ca().issue()))
        .containsExactly(Kind.CA_LEAF);
  }

  @Test
  void findsAUsageThatDoesNotFitThePurpose() throws Exception {
    X509Certificate client = OddLeaf.forEc().named("a.example").forClientsOnly().issue();

    assertThat(kinds(client)).containsExactly(Kind.WRONG_USAGE);
    assertThat(new LeafChecks(now, Purpose.CLIENT).ofLeaf(client)).isEmpty();
  }

  @Test
  void findsAKeyUsageThatCannotSignAHandshake() throws Exception {
    assertThat(kinds(OddLeaf.forEc().named("a.example").forEnciphermentOnly().issue()))
        .containsExactly(Kind.NO_DIGITAL_SIGNATURE);
  }

  private Iterable<Kind> kinds(X509Certificate leaf) {
    return kinds(leaf, now);
  }

  private static Iterable<Kind> kinds(X509Certificate leaf, Instant now) {
    java.util.List<Kind> kinds = new java.util.ArrayList<>();
    new LeafChecks(now, Purpose.SERVER).ofLeaf(leaf).forEach(p -> kinds.add(p.kind()));
    return kinds;
  }
}
