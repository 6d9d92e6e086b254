package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.Vectors;
import java.io.ByteArrayInputStream;
import java.nio.file.Paths;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.util.ASN1Dump;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes keystores that hold more than the identity that is replaced. */
class KeyStoreWriterTest {
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity SECOND = CA.issue("EC", "a.example");
  private static final Identity OTHER = CA.issue("EC", "b.example");
  private static final char[] STORE = "store-pass".toCharArray();
  private static final char[] KEY = "key-pass".toCharArray();

  @ParameterizedTest
  @CsvSource({"PKCS12,store-pass", "JKS,store-pass", "JKS,key-pass", "JCEKS,key-pass"})
  void keepsAllOtherEntries(String type, String keyPassword) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setKeyEntry("first", OTHER.key(), STORE, OTHER.chainArray());
    store.setKeyEntry("server", FIRST.key(), keyPassword.toCharArray(), FIRST.chainArray());
    store.setCertificateEntry("trusted", TestCa.create("trusted").certificate());
    store.setCertificateEntry("issuer", CA.certificate());
    byte[] before = KeyStores.bytes(store, new String(STORE));
    byte[] after = rewrite(type, before, "server", FIRST, SECOND);

    KeyStore written = load(type, after, STORE);
    assertThat(Collections.list(written.aliases()))
        .containsExactlyInAnyOrder("first", "server", "trusted", "issuer");
    assertThat(written.getCertificate("trusted")).isEqualTo(store.getCertificate("trusted"));
    assertThat(written.getCertificate("issuer")).isEqualTo(CA.certificate());
    assertThat(written.getKey("first", STORE)).isEqualTo(OTHER.key());
    assertThat(written.getCertificateChain("first")).isEqualTo(OTHER.chainArray());
    assertThat(written.getKey("server", keyPassword.toCharArray())).isEqualTo(SECOND.key());
    assertThat(written.getCertificateChain("server")).isEqualTo(SECOND.chainArray());
  }

  @Test
  void keepsTheChainOfAnotherEntryWhenTheIssuerChanges() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("first", OTHER.key(), STORE, OTHER.chainArray());
    store.setKeyEntry("server", FIRST.key(), STORE, FIRST.chainArray());
    Identity next = TestCa.create("new root").intermediate("new").issue("RSA", "a.example");
    byte[] after =
        rewrite("PKCS12", KeyStores.bytes(store, new String(STORE)), "server", FIRST, next);
    KeyStore written = load("PKCS12", after, STORE);
    assertThat(written.getCertificateChain("first")).isEqualTo(OTHER.chainArray());
    assertThat(written.getCertificateChain("server")).isEqualTo(next.chainArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256.openssl.p12", "p256.openssl-legacy.p12"})
  void keepsAlgorithmsIterationsAndAttributesOfAPkcs12File(String name) throws Exception {
    byte[] before = Vectors.read(name);
    char[] password = "changeit".toCharArray();
    Location location = location("PKCS12", password);
    String alias = location.parse(Collections.singletonList(before)).keySet().iterator().next();
    Identity replaced = location.parse(Collections.singletonList(before)).get(alias);
    byte[] after =
        MaterialWriter.rewrite(
                location,
                Collections.singletonList(before),
                alias,
                replaced,
                SECOND,
                new SecureRandom())
            .get(0);
    assertThat(location.parse(Collections.singletonList(after)).get(alias).leaf())
        .isEqualTo(SECOND.leaf());
    assertThat(outline(after)).isEqualTo(outline(before));
    // An early Java 8 reads no PBES2: 3DES, RC2 and HMAC-SHA-1 stay where they were.
    assertThat(outline(after).contains("ObjectIdentifier(1.2.840.113549.1.5.13)"))
        .isEqualTo(name.equals("p256.openssl.p12"));
    assertThat(load("PKCS12", after, password).getKey(alias, password)).isEqualTo(SECOND.key());
  }

  /** Found by fuzzing: what the JDK reads with one byte wrong, another parser may stumble over. */
  @Test
  void failsAsItShouldWhicheverByteIsWrong() throws Exception {
    byte[] good = KeyStores.pkcs12("server", FIRST, new String(STORE));
    for (int i = 0; i < good.length; i++) {
      for (byte wrong : new byte[] {0x02, 0x30, -1}) {
        byte[] damaged = good.clone();
        damaged[i] = wrong;
        try {
          rewrite("PKCS12", damaged, "server", FIRST, SECOND);
        } catch (MaterialException e) {
          assertThat(e.reason()).isNotNull();
        }
      }
    }
  }

  private static byte[] rewrite(
      String type, byte[] before, String alias, Identity replaced, Identity next) throws Exception {
    return MaterialWriter.rewrite(
            location(type, STORE),
            Collections.singletonList(before),
            alias,
            replaced,
            next,
            new SecureRandom())
        .get(0);
  }

  private static Location location(String type, char[] password) {
    return Location.keyStore(
        Paths.get("keystore"), type, null, password, Collections.singletonList(KEY));
  }

  private static KeyStore load(String type, byte[] content, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(new ByteArrayInputStream(content), password);
    return store;
  }

  /** The algorithms and the counts of a file, in their order. */
  private static List<String> outline(byte[] pkcs12) throws Exception {
    String dump = ASN1Dump.dumpAsString(ASN1Primitive.fromByteArray(unwrapped(pkcs12)), true);
    List<String> outline = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("ObjectIdentifier\\(([0-9.]+)\\)|Integer\\((\\d{1,7})\\)").matcher(dump);
    while (matcher.find()) {
      outline.add(String.valueOf(matcher.group()));
    }
    return outline;
  }

  /** The AuthenticatedSafe, followed by the integrity check. */
  private static byte[] unwrapped(byte[] pkcs12) throws Exception {
    org.bouncycastle.asn1.pkcs.Pfx pfx = org.bouncycastle.asn1.pkcs.Pfx.getInstance(pkcs12);
    byte[] safe =
        org.bouncycastle.asn1.ASN1OctetString.getInstance(pfx.getAuthSafe().getContent())
            .getOctets();
    return new org.bouncycastle.asn1.DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              ASN1Primitive.fromByteArray(safe), pfx.getMacData()
            })
        .getEncoded();
  }
}
