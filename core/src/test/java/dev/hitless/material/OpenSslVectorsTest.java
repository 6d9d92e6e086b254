package dev.hitless.material;

import static dev.hitless.material.KeyStoreReaderTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hitless.material.MaterialException.Reason;
import dev.hitless.testing.Vectors;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what OpenSSL 3.0 wrote; every key must find its certificate. */
class OpenSslVectorsTest {
  private static final List<char[]> NONE = Collections.emptyList();
  private static final List<char[]> PASSWORDS =
      Arrays.asList("wrong".toCharArray(), "changeit".toCharArray());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.key.pem",
        "rsa.pkcs1.pem",
        "p256.key.pem",
        "p384.key.pem",
        "p521.key.pem",
        "p256.sec1.pem",
        "p384.sec1.pem",
        "p521.sec1.pem",
        "p256.sec1-with-parameters.pem",
        "rsapss.key.pem",
        "dsa.key.pem",
        "dsa.traditional.pem"
      })
  void readsPlainKeys(String key) throws MaterialException {
    assertReads(key, NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.pkcs1-aes128.pem",
        "rsa.pkcs1-aes192.pem",
        "rsa.pkcs1-aes256.pem",
        "rsa.pkcs1-des.pem",
        "rsa.pkcs1-des3.pem",
        "p256.sec1-aes256.pem"
      })
  void readsKeysInTheTraditionalEncryption(String key) throws MaterialException {
    assertReads(key, PASSWORDS);
    assertWrongPassword(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.pbes2-aes-128-cbc.pem",
        "rsa.pbes2-aes-192-cbc.pem",
        "rsa.pbes2-aes-256-cbc.pem",
        "rsa.pbes2-des3.pem",
        "p256.pbes2-hmacWithSHA1.pem",
        "p256.pbes2-hmacWithSHA224.pem",
        "p256.pbes2-hmacWithSHA256.pem",
        "p256.pbes2-hmacWithSHA384.pem",
        "p256.pbes2-hmacWithSHA512.pem",
        "p256.scrypt.pem"
      })
  void readsKeysInPbes2(String key) throws MaterialException {
    assertReads(key, PASSWORDS);
    assertWrongPassword(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p256.pbe-md5-des.pem",
        "p256.pbe-md5-rc2-64.pem",
        "p256.pbe-sha1-des.pem",
        "p256.pbe-sha1-rc2-64.pem",
        "p256.pbe-sha1-3des.pem",
        "p256.pbe-sha1-2des.pem",
        "p256.pbe-sha1-rc2-128.pem",
        "p256.pbe-sha1-rc2-40.pem",
        "p256.pbe-sha1-rc4-128.pem",
        "p256.pbe-sha1-rc4-40.pem"
      })
  void readsKeysInTheSchemesBeforePbes2(String key) throws MaterialException {
    assertReads(key, PASSWORDS);
    assertWrongPassword(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256.pbes2-utf8.pem", "p256.sec1-aes128-utf8.pem"})
  void takesPasswordsAsUtf8(String key) throws MaterialException {
    assertReads(key, Collections.singletonList("p\u00e4ssw\u00f6rd\u20ac".toCharArray()));
  }

  @ParameterizedTest
  @CsvSource({"ed25519.key.pem,false", "ed448.key.pem,false", "ed25519.pbes2.pem,true"})
  void readsEdwardsCurvesWhereTheJdkKnowsThem(String key, boolean encrypted)
      throws MaterialException {
    assumeTrue(knowsEdwardsCurves());
    assertReads(key, encrypted ? PASSWORDS : NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ed448"})
  void saysWhichJavaEdwardsCurvesNeed(String name) {
    assumeFalse(knowsEdwardsCurves());
    assertFails(Reason.UNSUPPORTED, () -> read(name + ".key.pem", NONE));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> read(name + ".key.pem", NONE))
        .hasMessageContaining("need Java 15 or newer");
  }

  @Test
  void saysThatExplicitCurvesAreUnsupported() {
    assertFails(Reason.UNSUPPORTED, () -> read("p256.explicit.pem", NONE));
  }

  @Test
  void saysThatACurveIsUnknown() {
    assertFails(
        Reason.UNSUPPORTED,
        () ->
            PemReader.read(
                Arrays.asList(
                    Vectors.read("brainpoolP256t1.sec1.pem"), Vectors.read("p256.crt.pem")),
                NONE));
  }

  @Test
  void readsTrustedCertificates() throws MaterialException {
    assertThat(PemReader.certificates(Vectors.read("p256.trusted.pem")))
        .isEqualTo(PemReader.certificates(Vectors.read("p256.crt.pem")));
  }

  @Test
  void readsBagAttributes() throws MaterialException {
    byte[] content = Vectors.read("p256.bag-attributes.pem");
    assertThat(PemReader.read(Collections.singletonList(content), NONE)).containsOnlyKeys("pem-0");
    assertThat(PemReader.holdsKey(content)).isTrue();
  }

  private static void assertReads(String key, List<char[]> passwords) throws MaterialException {
    assertThat(read(key, passwords)).isEqualTo(certificateOf(key));
  }

  private static void assertWrongPassword(String key) {
    assertFails(Reason.WRONG_PASSWORD, () -> read(key, NONE));
    assertFails(
        Reason.WRONG_PASSWORD, () -> read(key, Collections.singletonList("wrong".toCharArray())));
  }

  private static Object read(String key, List<char[]> passwords) throws MaterialException {
    List<byte[]> files = Arrays.asList(Vectors.read(key), Vectors.read(certificateFile(key)));
    return PemReader.read(files, passwords).get("pem-0").leaf();
  }

  private static Object certificateOf(String key) throws MaterialException {
    return PemReader.certificates(Vectors.read(certificateFile(key))).get(0);
  }

  private static String certificateFile(String key) {
    return key.substring(0, key.indexOf('.')) + ".crt.pem";
  }

  private static boolean knowsEdwardsCurves() {
    try {
      return KeyFactory.getInstance("Ed25519") != null;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }
}
