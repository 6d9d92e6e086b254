package dev.hitless.renew.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyKindTest {
  @Test
  void generatesKeysThatItRecognises() throws Exception {
    for (KeyKind kind : KeyKind.values()) {
      if (kind != KeyKind.SAME && kind != KeyKind.RSA_4096 && kind.isSupported()) {
        assertThat(KeyKind.of(kind.generate(null, new SecureRandom()).getPublic())).isEqualTo(kind);
      }
    }
  }

  @Test
  void parsesWhatPeopleWrite() {
    assertThat(KeyKind.parse("p256")).isEqualTo(KeyKind.P_256);
    assertThat(KeyKind.parse("RSA 3072")).isEqualTo(KeyKind.RSA_3072);
    assertThat(KeyKind.parse("same")).isEqualTo(KeyKind.SAME);
  }

  @Test
  void namesTheKindsThereAreIfOneIsUnknown() {
    assertThatThrownBy(() -> KeyKind.parse("RSA-512"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P-256, P-384");
  }
}
