package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.testing.TestCa;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
  private static final TestCa ROOT = TestCa.create("root");
  private static final TestCa MIDDLE = ROOT.intermediate("middle");
  private static final TestCa LOWER = MIDDLE.intermediate("lower");
  private static final Identity SERVED = LOWER.issue("EC", "a.example");

  @Test
  void putsEveryOrderRight() throws MaterialException {
    for (List<X509Certificate> order : permutations(SERVED.chain())) {
      assertThat(Identity.of(SERVED.key(), order).chain()).isEqualTo(SERVED.chain());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "P-384", "P-521", "DSA"})
  void findsTheLeafOfEveryKeyType(String keyType) throws MaterialException {
    Identity identity = ROOT.issue(keyType, "a.example");
    Identity other = ROOT.issue(keyType, "b.example");
    List<X509Certificate> mixed =
        Arrays.asList(ROOT.certificate(), other.leaf(), SERVED.leaf(), identity.leaf());
    assertThat(Identity.of(identity.key(), mixed).leaf()).isEqualTo(identity.leaf());
  }

  @Test
  void refusesCertificatesOfOtherKeys() {
    Identity other = LOWER.issue("EC", "a.example");
    assertThatThrownBy(() -> Identity.of(other.key(), SERVED.chain()))
        .isInstanceOfSatisfying(
            MaterialException.class,
            e -> assertThat(e.reason()).isEqualTo(MaterialException.Reason.KEY_MISMATCH))
        .hasMessageContaining("CN=a.example");
  }

  @Test
  void refusesAKeyWithoutCertificates() {
    assertThatThrownBy(() -> Identity.of(SERVED.key(), Collections.emptyList()))
        .isInstanceOfSatisfying(
            MaterialException.class,
            e -> assertThat(e.reason()).isEqualTo(MaterialException.Reason.NO_CERTIFICATE));
  }

  @Test
  void keepsSuperfluousCertificatesAtTheEnd() throws MaterialException {
    X509Certificate one = TestCa.create("one").certificate();
    X509Certificate two = TestCa.create("two").certificate();
    List<X509Certificate> given =
        Arrays.asList(
            two, LOWER.certificate(), one, MIDDLE.certificate(), SERVED.leaf(), SERVED.leaf());
    assertThat(Identity.of(SERVED.key(), given).chain())
        .containsExactly(SERVED.leaf(), LOWER.certificate(), MIDDLE.certificate(), two, one);
  }

  @Test
  void doesNotLinkAnIssuerOfTheSameNameAndAnotherKey() throws MaterialException {
    TestCa impostor = MIDDLE.intermediate("lower");
    List<X509Certificate> given =
        Arrays.asList(
            SERVED.leaf(), impostor.certificate(), LOWER.certificate(), MIDDLE.certificate());
    assertThat(Identity.of(SERVED.key(), given).chain())
        .containsExactly(
            SERVED.leaf(), LOWER.certificate(), MIDDLE.certificate(), impostor.certificate());
  }

  @Test
  void takesTheFirstOfCrossSignedIssuersAndEnds() throws MaterialException {
    TestCa old = TestCa.create("old");
    X509Certificate middleByOld = old.crossSign(MIDDLE);
    List<X509Certificate> given =
        Arrays.asList(
            SERVED.leaf(),
            LOWER.certificate(),
            middleByOld,
            MIDDLE.certificate(),
            ROOT.certificate());
    assertThat(Identity.of(SERVED.key(), given).chain())
        .containsExactly(
            SERVED.leaf(),
            LOWER.certificate(),
            middleByOld,
            MIDDLE.certificate(),
            ROOT.certificate());
  }

  @Test
  void endsWhenTwoAuthoritiesSignEachOther() throws MaterialException {
    X509Certificate rootByMiddle = MIDDLE.crossSign(ROOT);
    List<X509Certificate> given =
        Arrays.asList(rootByMiddle, MIDDLE.certificate(), LOWER.certificate(), SERVED.leaf());
    assertThat(Identity.of(SERVED.key(), given).chain())
        .containsExactly(SERVED.leaf(), LOWER.certificate(), MIDDLE.certificate(), rootByMiddle);
  }

  @Test
  void givesAKeyWithoutMaterialTheFirstCertificate() throws MaterialException {
    assertThat(Identity.of(new TokenKey(), SERVED.chain()).leaf()).isEqualTo(SERVED.leaf());
  }

  @Test
  void countsTheCertificatesThatAreLinked() {
    List<X509Certificate> whole = SERVED.chain();
    assertThat(Chain.linkedLength(whole)).isEqualTo(4);
    assertThat(Chain.linkedLength(Arrays.asList(whole.get(0), whole.get(2)))).isEqualTo(1);
    assertThat(Chain.linkedLength(whole.subList(0, 2))).isEqualTo(2);
    assertThat(Chain.linkedLength(Collections.emptyList())).isZero();
  }

  @Test
  void tellsSelfSignedCertificates() {
    assertThat(Chain.selfSigned(ROOT.certificate())).isTrue();
    assertThat(Chain.selfSigned(MIDDLE.certificate())).isFalse();
    assertThat(Chain.selfSigned(TestCa.create("root").crossSign(ROOT))).isFalse();
  }

  private static List<List<X509Certificate>> permutations(List<X509Certificate> items) {
    List<List<X509Certificate>> all = new ArrayList<>();
    if (items.isEmpty()) {
      all.add(new ArrayList<>());
    }
    for (X509Certificate first : items) {
      List<X509Certificate> rest = new ArrayList<>(items);
      rest.remove(first);
      for (List<X509Certificate> tail : permutations(rest)) {
        List<X509Certificate> permutation = new ArrayList<>();
        permutation.add(first);
        permutation.addAll(tail);
        all.add(permutation);
      }
    }
    return all;
  }

  private static final class TokenKey implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }
}
