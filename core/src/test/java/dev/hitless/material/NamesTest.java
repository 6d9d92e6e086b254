package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.TestCa;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final TestCa CA = TestCa.create("Some Authority");

  @Test
  void collectsAlternativeNamesOfEveryKind() {
    Identity identity =
        CA.issue("EC", "B.example", "*.a.example", "192.0.2.1", "2001:db8::1", "spiffe://td/web");
    assertThat(Names.of(identity.leaf()))
        .containsExactly(
            "*.a.example", "192.0.2.1", "2001:db8:0:0:0:0:0:1", "b.example", "spiffe://td/web");
  }

  @Test
  void fallsBackToTheCommonName() {
    assertThat(Names.of(CA.certificate())).containsExactly("some authority");
    assertThat(Names.commonName(CA.certificate())).isEqualTo("Some Authority");
  }

  @Test
  void namesKeyTypesAsJsseDoes() {
    assertThat(KeyTypes.of(CA.issue("RSA", "a").leaf().getPublicKey())).isEqualTo("RSA");
    assertThat(KeyTypes.of(CA.issue("P-384", "a").leaf().getPublicKey())).isEqualTo("EC");
    assertThat(KeyTypes.of(CA.issue("DSA", "a").leaf().getPublicKey())).isEqualTo("DSA");
  }

  @Test
  void namesKeyTypesThatAnOldPlatformDoesNotKnow() throws MaterialException {
    assertThat(keyTypeOf("ed25519.crt.pem")).isEqualTo("EdDSA");
    assertThat(keyTypeOf("ed448.crt.pem")).isEqualTo("EdDSA");
    assertThat(keyTypeOf("rsapss.crt.pem")).isEqualTo("RSASSA-PSS");
  }

  private static String keyTypeOf(String vector) throws MaterialException {
    return KeyTypes.of(
        PemReader.certificates(dev.hitless.testing.Vectors.read(vector)).get(0).getPublicKey());
  }
}
