package dev.hitless.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.inspect.Finding.KeyState;
import dev.hitless.inspect.Problem.Kind;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  private final TestCa root = TestCa.create("root");
  private final TestCa ca = root.intermediate("intermediate");
  private final Identity identity = ca.issue("EC", "a.example");

  @TempDir Path folder;

  @Test
  void pairsKeyAndCertificateOfDifferentFiles() throws Exception {
    Path key = write("a.key", Pems.key(identity));
    Path cert = write("a.crt", Pems.chain(identity));

    FileReport report = inspect(key, cert);

    assertThat(report.unread()).isEmpty();
    Finding found = only(report);
    assertThat(found.kind()).isEqualTo(Finding.Kind.IDENTITY);
    assertThat(found.files()).containsExactlyInAnyOrder(key, cert);
    assertThat(found.key()).isEqualTo(KeyState.OPENED);
    assertThat(found.chain()).isEqualTo(identity.chain());
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void takesTheChainFromAFileOfItsOwn() throws Exception {
    Path key = write("privkey.pem", Pems.key(identity));
    Path cert = write("cert.pem", Pems.certificates(identity.leaf()));
    Path chain = write("chain.pem", Pems.certificates(ca.certificate()));

    Finding found = only(inspect(cert, chain, key));

    assertThat(found.files()).containsExactly(cert, chain, key);
    assertThat(found.chain()).containsExactly(identity.leaf(), ca.certificate());
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void saysThatAKeyBelongsToAnotherCertificate() throws Exception {
    Identity other = ca.issue("EC", "b.example");

    FileReport report =
        inspect(write("a.crt", Pems.chain(identity)), write("b.key", Pems.key(other)));

    assertThat(report.findings()).hasSize(2);
    assertThat(report.findings().get(0).key()).isEqualTo(KeyState.MISMATCH);
    assertThat(kinds(report.findings().get(0))).containsExactly(Kind.KEY_MISMATCH);
  }

  @Test
  void showsAKeyAloneWithoutComplaint() throws Exception {
    Finding found = only(inspect(write("a.key", Pems.key(identity))));

    assertThat(found.kind()).isEqualTo(Finding.Kind.KEY);
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void findsAChainInTheWrongOrder() throws Exception {
    String reversed = Pems.certificates(root.certificate(), ca.certificate(), identity.leaf());

    Finding found = only(inspect(write("a.pem", Pems.key(identity) + reversed)));

    assertThat(found.chain()).isEqualTo(identity.chain());
    assertThat(kinds(found)).containsExactly(Kind.CHAIN_ORDER);
  }

  @Test
  void findsAMissingIntermediateUnlessItsIssuerIsTrusted() throws Exception {
    Path pem = write("a.pem", Pems.key(identity) + Pems.certificates(identity.leaf()));

    assertThat(kinds(only(inspect(pem)))).containsExactly(Kind.ISSUER_MISSING);
    assertThat(kinds(only(inspect(Trust.in(Arrays.asList(ca.certificate())), "", pem)))).isEmpty();
  }

  @Test
  void findsAnIssuerOfTheSameNameThatDidNotSign() throws Exception {
    TestCa impostor = root.intermediate("intermediate");
    String broken = Pems.certificates(identity.leaf(), impostor.certificate());

    FileReport report = inspect(write("a.pem", Pems.key(identity) + broken));

    assertThat(kinds(report.findings().get(0))).containsExactly(Kind.CHAIN_BROKEN);
  }

  @Test
  void findsACertificateThatIsNoPartOfTheChain() throws Exception {
    String certificates =
        Pems.chain(identity) + Pems.certificates(TestCa.create("x").certificate());

    FileReport report = inspect(write("a.pem", Pems.key(identity) + certificates));

    assertThat(kinds(report.findings().get(0))).containsExactly(Kind.UNRELATED_CERTIFICATE);
  }

  @Test
  void saysWhoElseMayReadAKey() throws Exception {
    Path key = write("a.key", Pems.key(identity));
    Path encrypted = write("b.key", Pems.encryptedKey(identity, "secret"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(encrypted, PosixFilePermissions.fromString("rw-r--rw-"));

    assertThat(kinds(only(inspect(key)))).containsExactly(Kind.KEY_READABLE_BY_OTHERS);
    assertThat(kinds(only(inspect(encrypted)))).containsExactly(Kind.WRITABLE_BY_OTHERS);
  }

  @Test
  void opensAnEncryptedKeyOrSaysWhyNot() throws Exception {
    Path pem = write("a.pem", Pems.encryptedKey(identity, "secret") + Pems.chain(identity));

    assertThat(only(inspect(pem, "secret")).key()).isEqualTo(KeyState.OPENED);
    FileReport locked = inspect(pem);
    assertThat(locked.findings().get(0).key()).isEqualTo(KeyState.LOCKED);
    assertThat(locked.findings().get(0).problems()).isEmpty();
    FileReport failed = inspect(pem, "wrong");
    assertThat(failed.findings().get(0).key()).isEqualTo(KeyState.FAILED);
    assertThat(kinds(failed.findings().get(0))).containsExactly(Kind.KEY_NOT_OPENED);
    assertThat(failed.findings().toString()).doesNotContain("wrong");
  }

  @Test
  void readsKeyStoresOfEachTypeWithTheirPasswordOnly() throws Exception {
    for (String type : new String[] {"PKCS12", "JKS", "JCEKS"}) {
      Path file = folder.resolve("a." + type);
      Files.write(file, KeyStores.of(type, "tomcat", identity, "changeit"));

      Finding found = only(inspect(file, "wrong", "changeit"));
      assertThat(found.alias()).isEqualTo("tomcat");
      assertThat(found.key()).isEqualTo(KeyState.OPENED);
      assertThat(found.chain()).isEqualTo(identity.chain());
      assertThat(found.problems()).isEmpty();

      FileReport wrong = inspect(file, "wrong");
      assertThat(wrong.findings()).isEmpty();
      assertThat(wrong.unread().get(0).reason()).isEqualTo(Reason.WRONG_PASSWORD);
    }
  }

  @Test
  void showsTheCertificatesOfAJksWithoutItsPassword() throws Exception {
    Path file = folder.resolve("a.jks");
    Files.write(file, KeyStores.of("JKS", "tomcat", identity, "changeit"));

    Finding found = only(inspect(file));

    assertThat(found.key()).isEqualTo(KeyState.LOCKED);
    assertThat(found.chain()).isEqualTo(identity.chain());
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void asksForThePasswordOfAPkcs12() throws Exception {
    Path file = folder.resolve("a.p12");
    Files.write(file, KeyStores.pkcs12("tomcat", identity, "changeit"));

    assertThat(inspect(file).unread().get(0).reason()).isEqualTo(Reason.WRONG_PASSWORD);
  }

  @Test
  void listsTrustedCertificates() throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setCertificateEntry("our-root", root.certificate());
    Path file = folder.resolve("trust.jks");
    Files.write(file, KeyStores.bytes(store, "changeit"));

    Finding found = only(inspect(file, "changeit"));

    assertThat(found.kind()).isEqualTo(Finding.Kind.TRUSTED);
    assertThat(found.alias()).isEqualTo("our-root");
    assertThat(found.chain()).containsExactly(root.certificate());
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void listsABundleOfCas() throws Exception {
    Path bundle = write("bundle.pem", Pems.certificates(root.certificate(), ca.certificate()));

    FileReport report = inspect(bundle);

    assertThat(report.findings()).hasSize(2);
    assertThat(report.findings()).allMatch(f -> f.kind() == Finding.Kind.CERTIFICATE);
    assertThat(report.findings()).allMatch(f -> f.problems().isEmpty());
  }

  @Test
  void saysWhatCannotBeRead() throws Exception {
    Path garbage = write("garbage", "no key here");
    Path cut = write("cut.pem", Pems.key(identity).substring(0, 60));
    Path empty = write("empty.pem", "");

    FileReport report = inspect(garbage, cut, empty);

    assertThat(report.findings()).isEmpty();
    assertThat(report.unread().stream().map(Unread::file)).containsExactly(garbage, cut, empty);
    assertThat(report.unread().get(2).text()).isEqualTo("is empty");
  }

  private FileReport inspect(Path... files) throws Exception {
    return inspect(Trust.in(Collections.emptyList()), "", files);
  }

  private FileReport inspect(Path file, String first, String... more) throws Exception {
    String passwords = first + "\n" + String.join("\n", more);
    return inspect(Trust.in(Collections.emptyList()), passwords.trim(), file);
  }

  private static FileReport inspect(Trust trust, String passwords, Path... files) throws Exception {
    List<char[]> known = new ArrayList<>();
    for (String password : passwords.isEmpty() ? new String[0] : passwords.split("\n")) {
      known.add(password.toCharArray());
    }
    List<FileContent> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(FileContent.read(file));
    }
    return new Inspection(Instant.now(), Purpose.SERVER, trust, known, null).of(contents);
  }

  private static Finding only(FileReport report) {
    assertThat(report.unread()).isEmpty();
    assertThat(report.findings()).hasSize(1);
    return report.findings().get(0);
  }

  private static List<Kind> kinds(Finding finding) {
    return finding.problems().stream().map(Problem::kind).collect(Collectors.toList());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, Pems.bytes(text));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
