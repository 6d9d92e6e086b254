package dev.hitless.material;

import static dev.hitless.material.KeyStoreReaderTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.MaterialException.Reason;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;

class PemReaderTest {
  private static final TestCa CA = TestCa.create("root").intermediate("middle");
  private static final Identity EC = CA.issue("EC", "a.example");
  private static final Identity RSA = CA.issue("RSA", "b.example");
  private static final List<char[]> CHANGEIT = Collections.singletonList("changeit".toCharArray());

  @Test
  void readsOneFileOrTwoInAnyOrder() throws MaterialException {
    assertThat(read(Pems.combined(EC))).containsEntry("pem-0", EC);
    assertThat(read(Pems.chain(EC) + Pems.key(EC))).containsEntry("pem-0", EC);
    assertThat(read(Pems.key(EC), Pems.chain(EC))).containsEntry("pem-0", EC);
    assertThat(read(Pems.chain(EC), Pems.key(EC))).containsEntry("pem-0", EC);
  }

  @Test
  void readsLeafIssuersAndKeyInThreeFiles() throws MaterialException {
    String issuers = Pems.certificates(EC.chain().subList(1, EC.chain().size()));
    assertThat(read(issuers, Pems.key(EC), Pems.certificates(EC.leaf())))
        .containsEntry("pem-0", EC);
  }

  @Test
  void readsDerBesidePem() throws Exception {
    assertThat(
            PemReader.read(
                    Arrays.asList(RSA.leaf().getEncoded(), RSA.key().getEncoded()),
                    Collections.emptyList())
                .get("pem-0")
                .leaf())
        .isEqualTo(RSA.leaf());
    assertThat(
            PemReader.read(
                Arrays.asList(Pems.bytes(Pems.chain(EC)), EC.key().getEncoded()),
                Collections.emptyList()))
        .containsEntry("pem-0", EC);
  }

  @Test
  void givesEachOfSeveralKeysItsOwnChain() throws MaterialException {
    Map<String, Identity> both =
        read(Pems.chain(EC) + Pems.chain(RSA), Pems.key(RSA) + Pems.key(EC));
    assertThat(both).containsOnlyKeys("pem-0", "pem-1");
    assertThat(both.get("pem-0").chain()).isEqualTo(RSA.chain());
    assertThat(both.get("pem-1").chain()).isEqualTo(EC.chain());
  }

  @Test
  void keepsTheNumberOfAKeyWhenAnotherLosesItsCertificate() throws MaterialException {
    assertThat(read(Pems.chain(EC), Pems.key(RSA) + Pems.key(EC))).containsOnlyKeys("pem-1");
  }

  @Test
  void countsAKeyThatIsGivenTwiceOnce() throws MaterialException {
    assertThat(read(Pems.combined(EC), Pems.combined(EC))).containsOnlyKeys("pem-0");
  }

  @Test
  void acceptsCarriageReturnsByteOrderMarksAndComments() throws MaterialException {
    assertThat(read(Pems.combined(EC).replace("\n", "\r\n"))).containsEntry("pem-0", EC);
    assertThat(read("\ufeff" + Pems.combined(EC))).containsEntry("pem-0", EC);
    assertThat(read("# the key: secret\n\n" + Pems.key(EC) + "subject=/CN=a\n" + Pems.chain(EC)))
        .containsEntry("pem-0", EC);
    assertThat(read(Pems.combined(EC).replace("\n", " \n") + "   ")).containsEntry("pem-0", EC);
  }

  @Test
  void acceptsOldNamesOfCertificates() throws MaterialException {
    assertThat(read(Pems.combined(EC).replace(" CERTIFICATE-", " X509 CERTIFICATE-")))
        .containsEntry("pem-0", EC);
  }

  @Test
  void acceptsAKeyUnderAnotherKeysName() throws MaterialException {
    assertThat(read(Pems.chain(RSA), Pems.block("RSA PRIVATE KEY", RSA.key().getEncoded())))
        .containsEntry("pem-0", RSA);
    assertThat(read(Pems.chain(RSA), Pems.pkcs1(RSA).replace("RSA PRIVATE", "PRIVATE")))
        .containsEntry("pem-0", RSA);
  }

  @Test
  void takesTheCurveFromTheParametersBeforeTheKey() throws Exception {
    String key = Pems.block("EC PRIVATE KEY", Pems.sec1WithoutCurve(EC));
    String curve = Pems.block("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded());
    assertThat(read(Pems.chain(EC), curve + key)).containsEntry("pem-0", EC);
    assertFails(Reason.UNSUPPORTED, () -> read(Pems.chain(EC), key));
  }

  @Test
  void opensEncryptedKeys() throws MaterialException {
    List<byte[]> files =
        Arrays.asList(Pems.bytes(Pems.encryptedKey(EC, "changeit")), Pems.bytes(Pems.chain(EC)));
    assertThat(PemReader.read(files, CHANGEIT)).containsEntry("pem-0", EC);
    assertFails(Reason.WRONG_PASSWORD, () -> PemReader.read(files, Collections.emptyList()));
  }

  @Test
  void saysWhatIsMissing() {
    assertFails(Reason.NO_KEY, () -> read(Pems.chain(EC)));
    assertFails(Reason.NO_CERTIFICATE, () -> read(Pems.key(EC)));
    assertFails(Reason.KEY_MISMATCH, () -> read(Pems.key(EC), Pems.chain(RSA)));
    assertFails(
        Reason.UNSUPPORTED,
        () -> read(Pems.chain(EC), Pems.block("OPENSSH PRIVATE KEY", new byte[] {1, 2, 3})));
  }

  @Test
  void refusesFilesThatHoldNothing() {
    assertFails(Reason.MALFORMED, () -> read(Pems.key(EC), ""));
    assertFails(Reason.MALFORMED, () -> read(Pems.key(EC), "not a certificate"));
  }

  @Test
  void neverTakesAKeyThatIsCutOff() {
    String key = Pems.key(RSA);
    String chain = Pems.certificates(RSA.leaf());
    for (int length = 0; length < key.length() - 1; length++) {
      String early = key.substring(0, length);
      assertFails(Reason.MALFORMED, () -> read(chain, early));
    }
  }

  @Test
  void neverTakesACertificateThatIsCutOff() {
    String issuer = Pems.certificates(CA.certificate());
    for (int length = 1; length < issuer.length() - 1; length++) {
      String early = Pems.combined(EC) + issuer.substring(0, length);
      assertFails(Reason.MALFORMED, () -> read(early));
    }
  }

  @Test
  void refusesHalfOfABlocksContent() {
    String key = Pems.key(RSA);
    int half = key.indexOf('\n', key.length() / 2) + 1;
    String cut = key.substring(0, half) + key.substring(key.indexOf("-----END"));
    assertFails(Reason.MALFORMED, () -> read(cut, Pems.chain(RSA)));
    String leaf = Pems.certificates(RSA.leaf());
    half = leaf.indexOf('\n', leaf.length() / 2) + 1;
    String cutLeaf = leaf.substring(0, half) + leaf.substring(leaf.indexOf("-----END"));
    assertFails(Reason.MALFORMED, () -> read(Pems.key(RSA), cutLeaf));
  }

  @Test
  void refusesABlockThatBeginsInsideAnother() {
    String key = Pems.key(EC);
    String headless = key.substring(0, key.indexOf("-----END"));
    assertFails(Reason.MALFORMED, () -> read(headless + Pems.combined(EC)));
  }

  private static Map<String, Identity> read(String... files) throws MaterialException {
    List<byte[]> contents = new ArrayList<>();
    for (String file : files) {
      contents.add(Pems.bytes(file));
    }
    return PemReader.read(contents, Collections.emptyList());
  }
}
