package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.Vectors;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage must end in a {@link MaterialException}, never in anything else, nor in another key. */
class DamageTest {
  private static final Identity IDENTITY = TestCa.create("root").issue("EC", "a.example");
  private static final List<char[]> CHANGEIT = Collections.singletonList("changeit".toCharArray());
  private static final int ROUNDS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void ofAKeyStoreIsNoticed(String type) {
    byte[] content = KeyStores.of(type, "a", IDENTITY, "changeit");
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(content, random);
      try {
        assertThat(
                KeyStoreReader.read(damaged, type, null, CHANGEIT.get(0), Collections.emptyList()))
            .containsValue(IDENTITY);
      } catch (MaterialException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.pkcs1.pem", "p256.sec1.pem", "p256.pbes2-hmacWithSHA256.pem"})
  void ofAPemKeyIsNoticed(String vector) throws MaterialException {
    byte[] key = Vectors.read(vector);
    byte[] chain = Vectors.read(vector.substring(0, vector.indexOf('.')) + ".crt.pem");
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      try {
        assertThat(PemReader.read(Arrays.asList(damage(key, random), chain), CHANGEIT))
            .isNotEmpty();
      } catch (MaterialException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofDerIsNoticed(boolean ofKey) throws Exception {
    byte[] key = IDENTITY.key().getEncoded();
    byte[] leaf = IDENTITY.leaf().getEncoded();
    Random random = new Random(7);
    for (int round = 0; round < 5 * ROUNDS; round++) {
      byte[] first = ofKey ? damage(key, random) : key;
      byte[] second = ofKey ? leaf : damage(leaf, random);
      try {
        assertThat(PemReader.read(Arrays.asList(first, second), CHANGEIT)).isNotEmpty();
      } catch (MaterialException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  private static byte[] damage(byte[] content, Random random) {
    byte[] damaged = content.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    return damaged;
  }
}
