package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.MaterialException.Reason;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.Vectors;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreReaderTest {
  private static final TestCa CA = TestCa.create("root").intermediate("middle");
  private static final Identity EC = CA.issue("EC", "a.example");
  private static final Identity RSA = CA.issue("RSA", "b.example");
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final List<char[]> NO_MORE = Collections.emptyList();

  @ParameterizedTest
  @CsvSource({
    "PKCS12,PKCS12",
    "JKS,JKS",
    "JCEKS,JCEKS",
    "PKCS12,JKS",
    "JKS,pkcs12",
    "JCEKS,PKCS12"
  })
  void readsEveryEntryWhateverTypeIsNamed(String actual, String named) throws MaterialException {
    Map<String, Identity> entries = new LinkedHashMap<>();
    entries.put("a", EC);
    entries.put("b", RSA);
    byte[] content = KeyStores.of(actual, entries, "changeit", "changeit");

    Map<String, Identity> read = KeyStoreReader.read(content, named, null, PASSWORD, NO_MORE);

    assertThat(read).containsOnlyKeys("a", "b").containsEntry("a", EC).containsEntry("b", RSA);
    assertThat(read.get("b").key()).isEqualTo(RSA.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256.openssl.p12", "p256.openssl-legacy.p12"})
  void readsWhatOpenSslWrites(String vector) throws MaterialException {
    assertThat(KeyStoreReader.read(Vectors.read(vector), "PKCS12", null, PASSWORD, NO_MORE))
        .containsOnlyKeys("server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "JCEKS"})
  void opensKeysOfAnotherPassword(String type) throws MaterialException {
    byte[] content =
        KeyStores.of(type, Collections.singletonMap("a", EC), "changeit", "key password");
    List<char[]> candidates = Arrays.asList("no".toCharArray(), "key password".toCharArray());
    assertThat(KeyStoreReader.read(content, type, null, PASSWORD, candidates))
        .containsEntry("a", EC);
    assertThat(KeyStoreReader.read(content, type, null, null, candidates)).containsEntry("a", EC);
    assertFails(
        Reason.WRONG_PASSWORD, () -> KeyStoreReader.read(content, type, null, PASSWORD, NO_MORE));
  }

  @Test
  void leavesOutAnEntryThatCannotBeOpened() throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setKeyEntry("a", EC.key(), PASSWORD, EC.chainArray());
    store.setKeyEntry("b", RSA.key(), "another".toCharArray(), RSA.chainArray());
    assertThat(
            KeyStoreReader.read(KeyStores.bytes(store, "changeit"), "JKS", null, PASSWORD, NO_MORE))
        .containsOnlyKeys("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void tellsAWrongPasswordFromDamage(String type) {
    byte[] content = KeyStores.of(type, "a", EC, "changeit");
    assertFails(
        Reason.WRONG_PASSWORD,
        () -> KeyStoreReader.read(content, type, null, "wrong".toCharArray(), NO_MORE));
    for (int length = 0; length < content.length; length += 1 + content.length / 37) {
      byte[] early = Arrays.copyOf(content, length);
      assertFails(
          Reason.MALFORMED, () -> KeyStoreReader.read(early, type, null, PASSWORD, NO_MORE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void saysThatThereIsNoKey(String type) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setCertificateEntry("ca", CA.certificate());
    byte[] content = KeyStores.bytes(store, "changeit");
    assertFails(Reason.NO_KEY, () -> KeyStoreReader.read(content, type, null, PASSWORD, NO_MORE));
    assertThat(KeyStoreReader.leaves(content, type, null, PASSWORD)).isEmpty();
  }

  @Test
  void saysThatAKeyBelongsToAnotherCertificate() {
    byte[] content;
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry("a", CA.issue("EC", "c.example").key(), PASSWORD, EC.chainArray());
      content = KeyStores.bytes(store, "changeit");
    } catch (java.security.GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    assertFails(
        Reason.KEY_MISMATCH, () -> KeyStoreReader.read(content, "JKS", null, PASSWORD, NO_MORE));
  }

  @Test
  void saysThatATypeIsUnknown() {
    assertFails(
        Reason.UNSUPPORTED,
        () -> KeyStoreReader.read(new byte[] {1, 2, 3}, "NO-SUCH", null, PASSWORD, NO_MORE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "JCEKS"})
  void showsLeavesWithoutAnyPassword(String type) throws MaterialException {
    byte[] content = KeyStores.of(type, "a", EC, "changeit");
    assertThat(KeyStoreReader.leaves(content, type, null, null))
        .containsOnlyKeys("a")
        .containsEntry("a", EC.fingerprint());
  }

  @Test
  void showsLeavesOfPkcs12WithItsPassword() throws MaterialException {
    byte[] content = KeyStores.pkcs12("a", EC, "changeit");
    assertThat(KeyStoreReader.leaves(content, "PKCS12", null, PASSWORD))
        .containsEntry("a", EC.fingerprint());
    assertThat(KeyStoreReader.leaves(content, "PKCS12", null, null)).isEmpty();
  }

  @Test
  void leavesThePasswordsOfItsCallerAlone() throws MaterialException {
    char[] password = "changeit".toCharArray();
    KeyStoreReader.read(KeyStores.pkcs12("a", EC, "changeit"), "PKCS12", null, password, NO_MORE);
    assertThat(password).containsExactly("changeit".toCharArray());
  }

  static void assertFails(Reason reason, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            MaterialException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining("changeit");
  }
}
