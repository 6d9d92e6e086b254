package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.TestCa;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KinshipTest {
  private final TestCa root = TestCa.create("Root");

  @Test
  void isOfLeavesOfOneIssuer() {
    assertThat(Kinship.shareIssuer(leafOf(root), leafOf(root))).isTrue();
  }

  @Test
  void isOfIntermediatesUnderOneRoot() {
    assertThat(
            Kinship.shareIssuer(
                leafOf(root.intermediate("Old issuing CA")),
                leafOf(root.intermediate("New issuing CA"))))
        .isTrue();
  }

  @Test
  void isNotOfAuthoritiesThatOnlyShareTheirName() {
    assertThat(Kinship.shareIssuer(leafOf(root), leafOf(TestCa.create("Root")))).isFalse();
  }

  private static List<X509Certificate> leafOf(TestCa ca) {
    return Arrays.asList(ca.issue("EC", "a.example").chain().toArray(new X509Certificate[0]));
  }
}
