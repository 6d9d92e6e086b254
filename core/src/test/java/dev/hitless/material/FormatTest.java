package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.Vectors;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  private static final Identity IDENTITY = TestCa.create("root").issue("EC", "a.example");

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void knowsKeyStores(String type) {
    byte[] content = KeyStores.of(type, "a", IDENTITY, "changeit");
    assertThat(Format.of(content)).hasToString(type);
    assertThat(Format.of(content).isKeyStore()).isTrue();
  }

  @Test
  void knowsPkcs12OfOpenSsl() {
    assertThat(Format.of(Vectors.read("p256.openssl.p12"))).isEqualTo(Format.PKCS12);
    assertThat(Format.of(Vectors.read("p256.openssl-legacy.p12"))).isEqualTo(Format.PKCS12);
  }

  @Test
  void knowsKeyStoresThatEndEarly() {
    byte[] content = KeyStores.pkcs12("a", IDENTITY, "changeit");
    assertThat(Format.of(Arrays.copyOf(content, content.length / 2))).isEqualTo(Format.PKCS12);
  }

  @Test
  void knowsPemBehindTextAndByteOrderMark() {
    assertThat(Format.of(Pems.bytes("0 comment\n" + Pems.key(IDENTITY)))).isEqualTo(Format.PEM);
    assertThat(Format.of(Pems.bytes("\ufeff" + Pems.key(IDENTITY)))).isEqualTo(Format.PEM);
  }

  @Test
  void knowsDerCertificates() throws Exception {
    assertThat(Format.of(IDENTITY.leaf().getEncoded())).isEqualTo(Format.DER_CERTIFICATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.key.pem",
        "rsa.pkcs1.pem",
        "p256.sec1.pem",
        "p256.scrypt.pem",
        "p256.pbe-md5-des.pem",
        "dsa.traditional.pem",
        "rsapss.key.pem",
        "ed25519.key.pem"
      })
  void knowsDerKeys(String pem) {
    String text = new String(Vectors.read(pem), java.nio.charset.StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
    assertThat(Format.of(der)).isEqualTo(Format.DER_KEY);
  }

  @Test
  void knowsNothingElse() {
    assertThat(Format.of(new byte[0])).isEqualTo(Format.UNKNOWN);
    assertThat(Format.of(new byte[] {0x30})).isEqualTo(Format.UNKNOWN);
    assertThat(Format.of(Pems.bytes("server.port=8443\n"))).isEqualTo(Format.UNKNOWN);
    assertThat(Format.of(Pems.bytes("PK\3\4 a jar"))).isEqualTo(Format.UNKNOWN);
  }

  @Test
  void neverThrowsOnRubbish() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] content = new byte[random.nextInt(24)];
      random.nextBytes(content);
      if (content.length > 0) {
        content[0] = 0x30;
      }
      assertThat(Format.of(content)).isNotNull();
    }
  }
}
