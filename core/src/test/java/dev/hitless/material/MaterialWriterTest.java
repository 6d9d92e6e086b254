package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes PEM files in the form of those that OpenSSL and people wrote. */
class MaterialWriterTest {
  private static final TestCa ROOT = TestCa.create("root");
  private static final TestCa ISSUING = ROOT.intermediate("issuing");
  private static final Identity FIRST = ISSUING.issue("EC", "a.example");
  private static final Identity SECOND = ISSUING.issue("EC", "a.example");
  private static final List<char[]> PASSWORDS =
      Arrays.asList("wrong".toCharArray(), "changeit".toCharArray());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.key.pem",
        "rsa.pkcs1.pem",
        "rsa.pkcs1-aes128.pem",
        "rsa.pkcs1-aes192.pem",
        "rsa.pkcs1-aes256.pem",
        "rsa.pkcs1-des.pem",
        "rsa.pkcs1-des3.pem",
        "rsa.pbes2-aes-128-cbc.pem",
        "rsa.pbes2-des3.pem",
        "p256.key.pem",
        "p256.sec1.pem",
        "p256.sec1-with-parameters.pem",
        "p256.sec1-aes256.pem",
        "p384.sec1.pem",
        "p521.sec1.pem",
        "dsa.traditional.pem",
        "p256.pbes2-hmacWithSHA1.pem",
        "p256.pbes2-hmacWithSHA512.pem",
        "p256.scrypt.pem",
        "p256.pbe-md5-des.pem",
        "p256.pbe-sha1-3des.pem",
        "p256.pbe-sha1-rc2-40.pem",
        "p256.pbe-sha1-rc4-128.pem"
      })
  void writesAKeyAsTheOldOneIsEncoded(String name) throws Exception {
    byte[] key = Vectors.read(name);
    byte[] certificate = Vectors.read(name.substring(0, name.indexOf('.')) + ".crt.pem");
    Identity next = next(name);
    List<byte[]> written = rewrite(Arrays.asList(certificate, key), next);
    assertThat(PemReader.read(written, PASSWORDS)).containsValue(next);
    assertThat(form(written.get(1))).isEqualTo(form(key));
  }

  @Test
  void keepsWhatElseIsInTheFile() throws Exception {
    Identity stranger = TestCa.create("stranger").issue("EC", "b.example");
    String before =
        "# our key, rotated by ops\r\n"
            + crLf(Pems.key(FIRST))
            + "\r\n# and its chain\r\n"
            + crLf(Pems.chain(FIRST))
            + "\r\n-----BEGIN DH PARAMETERS-----\r\nMAYCAQUCAQI=\r\n-----END DH PARAMETERS-----\r\n"
            + crLf(Pems.certificates(stranger.leaf()))
            + "the end";
    String after = text(rewrite(Collections.singletonList(Pems.bytes(before)), SECOND).get(0));
    assertThat(after)
        .isEqualTo(
            before
                .replace(crLf(Pems.key(FIRST)), crLf(Pems.key(SECOND)))
                .replace(
                    crLf(Pems.certificates(FIRST.leaf())), crLf(Pems.certificates(SECOND.leaf()))));
  }

  @Test
  void keepsTheChainWhereItWas() throws Exception {
    TestCa other = TestCa.create("other root").intermediate("other issuing");
    Identity next = other.issue("EC", "a.example");
    String leafOnly = Pems.certificates(FIRST.leaf());
    String rest = Pems.certificates(FIRST.chain().subList(1, 3));
    List<byte[]> written =
        rewrite(
            Arrays.asList(
                Pems.bytes(leafOnly),
                Pems.bytes(rest),
                Pems.bytes(leafOnly + rest),
                Pems.bytes(Pems.key(FIRST))),
            next);
    String nextRest = Pems.certificates(next.chain().subList(1, 3));
    assertThat(text(written.get(0))).isEqualTo(Pems.certificates(next.leaf()));
    assertThat(text(written.get(1))).isEqualTo(nextRest);
    assertThat(text(written.get(2))).isEqualTo(Pems.certificates(next.leaf()) + nextRest);
  }

  @Test
  void leavesTheRootOutWhereItWasLeftOut() throws Exception {
    String withoutRoot = Pems.certificates(FIRST.chain().subList(0, 2));
    List<byte[]> written =
        rewrite(Arrays.asList(Pems.bytes(withoutRoot), Pems.bytes(Pems.key(FIRST))), SECOND);
    assertThat(text(written.get(0))).isEqualTo(Pems.certificates(SECOND.chain().subList(0, 2)));
  }

  @Test
  void addsAnIntermediateWhereNoneWasNeeded() throws Exception {
    Identity direct = ROOT.issue("EC", "a.example");
    List<byte[]> written =
        rewrite(
            Arrays.asList(
                Pems.bytes(Pems.certificates(direct.leaf())), Pems.bytes(Pems.key(direct))),
            SECOND);
    assertThat(text(written.get(0))).isEqualTo(Pems.certificates(SECOND.chain().subList(0, 2)));
  }

  @Test
  void leavesAnotherIdentityInTheSameFileAlone() throws Exception {
    Identity other = ISSUING.issue("RSA", "a.example");
    Identity next = TestCa.create("new root").intermediate("new").issue("EC", "a.example");
    String file = Pems.combined(FIRST) + Pems.key(other) + Pems.certificates(other.leaf());
    List<byte[]> written = rewrite(Collections.singletonList(Pems.bytes(file)), next);
    assertThat(PemReader.read(written, PASSWORDS).get("pem-0").fingerprint())
        .isEqualTo(next.fingerprint());
    assertThat(PemReader.read(written, PASSWORDS)).containsEntry("pem-1", other);
  }

  @Test
  void dropsTheDescriptionOfTheOldCertificateAndKeepsItsAttributes() throws Exception {
    byte[] before = Vectors.read("p256.bag-attributes.pem");
    Identity next = next("p256");
    String after = text(rewrite(Collections.singletonList(before), next).get(0));
    assertThat(text(before)).contains("subject=", "friendlyName");
    assertThat(after).contains("friendlyName").doesNotContain("subject=");
  }

  @Test
  void choosesAnotherEncodingForAKeyThatHasNoneOfTheOldKind() throws Exception {
    Identity next = ISSUING.issue("RSA", "a.example");
    byte[] old = Vectors.read("p256.sec1-with-parameters.pem");
    List<byte[]> written = rewrite(Arrays.asList(Vectors.read("p256.crt.pem"), old), next);
    assertThat(PemReader.read(written, PASSWORDS).get("pem-0").leaf()).isEqualTo(next.leaf());
    assertThat(text(written.get(1)))
        .startsWith("-----BEGIN RSA PRIVATE KEY-----")
        .doesNotContain("EC PARAMETERS");
  }

  private static List<byte[]> rewrite(List<byte[]> before, Identity next) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      files.add(Paths.get("file-" + i));
    }
    Location location = Location.pem(files, PASSWORDS);
    Identity replaced = location.parse(before).get("pem-0");
    return MaterialWriter.rewrite(location, before, "pem-0", replaced, next, new SecureRandom());
  }

  /** An identity of the same key type, whose chain is the leaf alone as that of the vectors is. */
  private static Identity next(String name) throws MaterialException {
    String type =
        name.startsWith("rsa")
            ? "RSA"
            : name.startsWith("dsa") ? "DSA" : "P-" + name.substring(1, 4);
    Identity issued = ROOT.issue(type, "a.example");
    return Identity.of(issued.key(), Collections.singletonList(issued.leaf()));
  }

  /** All but the key itself: boundaries, headers, algorithms, iterations. */
  private static String form(byte[] pem) throws Exception {
    StringBuilder form = new StringBuilder();
    for (PemBlock block : PemBlock.parse(pem)) {
      form.append(block.label).append(' ');
      form.append(block.dekInfo == null ? "" : block.dekInfo.split(",", 2)[0]).append('\n');
      if (block.label.startsWith("ENCRYPTED")) {
        AlgorithmIdentifier algorithm =
            EncryptedPrivateKeyInfo.getInstance(block.content).getEncryptionAlgorithm();
        form.append(algorithm.getAlgorithm());
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
          PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
          form.append(parameters.getEncryptionScheme().getAlgorithm());
          form.append(withoutSalt(parameters.getKeyDerivationFunc().getParameters()));
        } else {
          form.append(withoutSalt(algorithm.getParameters()));
        }
      }
    }
    return form.toString();
  }

  private static String withoutSalt(ASN1Encodable parameters) {
    return parameters.toASN1Primitive().toString().replaceAll("#[0-9a-f]+", "#");
  }

  private static String crLf(String text) {
    return text.replace("\n", "\r\n");
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
