package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuccessorsTest {
  private static final Pki CA = Pki.root("Root");
  private static final Identity EC = CA.leaf("a.example").identity();
  private static final Identity EC_2 = CA.leaf("a.example").identity();
  private static final Identity RSA = CA.leaf("a.example").rsa().identity();
  private static final Identity RSA_2 = CA.leaf("a.example").rsa().identity();
  private static final Identity OTHER = CA.leaf("b.example").identity();
  private static final Identity BOTH = CA.leaf("a.example", "c.example").identity();

  private static Map<String, Identity> map(Object... aliasesAndIdentities) {
    Map<String, Identity> map = new LinkedHashMap<>();
    for (int i = 0; i < aliasesAndIdentities.length; i += 2) {
      map.put((String) aliasesAndIdentities[i], (Identity) aliasesAndIdentities[i + 1]);
    }
    return map;
  }

  @Test
  void theSameAliasComesFirst() {
    assertThat(Successors.of(map("x", EC), map("y", EC_2, "x", OTHER))).isEqualTo(map("x", OTHER));
  }

  @Test
  void theOnlyEntryFollowsTheOnlyOneWhateverItsAlias() {
    assertThat(Successors.of(map("x", EC), map("y", OTHER))).isEqualTo(map("x", OTHER));
  }

  @Test
  void namesAndKeyTypeDecideWhereAliasesChanged() {
    assertThat(Successors.of(map("e", EC, "r", RSA), map("1", OTHER, "2", RSA_2, "3", EC_2)))
        .isEqualTo(map("e", EC_2, "r", RSA_2));
  }

  @Test
  void namesDecideWhereTheKeyTypeChanged() {
    assertThat(Successors.of(map("x", EC), map("1", OTHER, "2", RSA))).isEqualTo(map("x", RSA));
  }

  @Test
  void overlappingNamesAreTheLastResort() {
    assertThat(Successors.of(map("x", EC), map("1", OTHER, "2", BOTH))).isEqualTo(map("x", BOTH));
  }

  @Test
  void positionsInAPemFileMeanNothing() {
    assertThat(Successors.of(map("pem-0", EC, "pem-1", RSA), map("pem-0", RSA_2, "pem-1", EC_2)))
        .isEqualTo(map("pem-0", EC_2, "pem-1", RSA_2));
  }

  @Test
  void noIdentityFollowsTwo() {
    assertThat(Successors.of(map("e", EC, "r", RSA), map("r", RSA_2))).isEqualTo(map("r", RSA_2));
    assertThat(Successors.of(map("e", EC, "r", RSA), map("1", RSA_2))).isEqualTo(map("r", RSA_2));
  }

  @Test
  void nothingFollowsWhereNeitherAliasNorNamesMatch() {
    assertThat(Successors.of(map("x", EC), map("1", OTHER, "2", OTHER))).isEmpty();
  }
}
