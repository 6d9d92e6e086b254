package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.follow.Hints.OpenedFile;
import dev.hitless.material.Identity;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginFinderTest {
  private static final TestCa CA = TestCa.create("root").intermediate("middle");
  private static final Identity SERVED = CA.issue("EC", "a.example");
  private static final Identity NEXT = CA.issue("EC", "a.example");
  private static final Identity OTHER = CA.issue("EC", "b.example");

  @TempDir Path folder;
  private final List<OpenedFile> opened = new ArrayList<>();
  private final List<char[]> passwords = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private long openedAt;

  @BeforeEach
  void opensAfterAllFilesWereWritten() {
    openedAt = System.currentTimeMillis() + 3_600_000;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void findsAKeyStoreByWhatItHolds(String type) throws IOException {
    know("no", "changeit");
    Path store = open("keystore", KeyStores.of(type, "a", SERVED, "changeit"));
    Found found = find(SERVED);
    assertThat(found.exact()).isTrue();
    assertThat(found.alias()).isEqualTo("a");
    assertThat(found.identity()).isEqualTo(SERVED);
    assertThat(found.origin().files()).containsExactly(store);
    assertThat(found.origin().describe()).isEqualTo(type + " keystore " + store);
  }

  @Test
  void anOriginThatWasFoundCanBeReadAgain() throws Exception {
    know("changeit");
    Path store = open("keystore", KeyStores.pkcs12("a", SERVED, "changeit"));
    IdentityOrigin origin = find(SERVED).origin();
    Files.write(store, KeyStores.pkcs12("another name", NEXT, "changeit"));
    assertThat(origin.parse(origin.read()).identities()).containsEntry("another name", NEXT);
  }

  @Test
  void opensKeysOfTheirOwnPassword() throws IOException {
    know("store password", "key password");
    Map<String, Identity> entries = Collections.singletonMap("a", SERVED);
    open("keystore", KeyStores.of("JKS", entries, "store password", "key password"));
    assertThat(find(SERVED).identity()).isEqualTo(SERVED);
  }

  @Test
  void opensAJksOfWhichOnlyTheKeysPasswordIsKnown() throws IOException {
    know("key password");
    Map<String, Identity> entries = Collections.singletonMap("a", SERVED);
    open("keystore", KeyStores.of("JKS", entries, "store password", "key password"));
    assertThat(find(SERVED).identity()).isEqualTo(SERVED);
  }

  @Test
  void findsNothingWithoutThePassword() throws IOException {
    open("keystore", KeyStores.pkcs12("a", SERVED, "changeit"));
    assertThat(new OriginFinder(hints()).find(SERVED.chain())).isNull();
  }

  @Test
  void findsEveryEntryOfAKeyStoreInOneOrigin() throws IOException {
    know("changeit");
    Map<String, Identity> entries = new LinkedHashMap<>();
    entries.put("a", SERVED);
    entries.put("b", OTHER);
    open("keystore", KeyStores.of("PKCS12", entries, "changeit", "changeit"));
    OriginFinder finder = new OriginFinder(hints());
    Found one = finder.find(SERVED.chain());
    Found two = finder.find(OTHER.chain());
    assertThat(one.alias()).isEqualTo("a");
    assertThat(two.alias()).isEqualTo("b");
    assertThat(two.origin()).isSameAs(one.origin());
  }

  @Test
  void findsTheKeyFileBesideTheCertificate() throws IOException {
    Path certificate = open("tls.crt", Pems.chain(SERVED));
    Path key = open("tls.key", Pems.key(SERVED));
    open("other.key", Pems.key(OTHER));
    Found found = find(SERVED);
    assertThat(found.exact()).isTrue();
    assertThat(found.identity()).isEqualTo(SERVED);
    assertThat(found.origin().files()).containsExactly(certificate, key);
  }

  @Test
  void findsOneFileWithBoth() throws IOException {
    Path combined = open("server.pem", Pems.combined(SERVED));
    assertThat(find(SERVED).origin().files()).containsExactly(combined);
  }

  @Test
  void findsDerFiles() throws Exception {
    Path certificate = open("tls.der", SERVED.leaf().getEncoded());
    Path key = open("tls.key.der", SERVED.key().getEncoded());
    assertThat(find(SERVED).origin().files()).containsExactly(certificate, key);
  }

  @Test
  void opensAnEncryptedKeyFile() throws IOException {
    know("no", "changeit");
    open("tls.crt", Pems.chain(SERVED));
    open("tls.key", Pems.encryptedKey(SERVED, "changeit"));
    assertThat(find(SERVED).identity()).isEqualTo(SERVED);
  }

  @Test
  void addsTheFileThatTheRestOfTheChainCameFrom() throws IOException {
    Path certificate = open("cert.pem", Pems.certificates(SERVED.leaf()));
    Path key = open("privkey.pem", Pems.key(SERVED));
    Path issuers = open("chain.pem", Pems.certificates(SERVED.chain().subList(1, 3)));
    open("ca-bundle.pem", Pems.certificates(CA.certificate(), OTHER.leaf()));
    Found found = find(SERVED);
    assertThat(found.origin().files()).containsExactly(certificate, key, issuers);
    assertThat(found.identity().chain()).isEqualTo(SERVED.chain());
  }

  @Test
  void leavesABundleOfTrustedAuthoritiesAlone() throws IOException {
    open("cert.pem", Pems.certificates(SERVED.leaf()));
    open("privkey.pem", Pems.key(SERVED));
    open("ca-bundle.pem", Pems.certificates(CA.certificate(), OTHER.leaf()));
    assertThat(find(SERVED).origin().files()).hasSize(2);
  }

  @Test
  void prefersTheFileThatWasOpenedLast() throws IOException {
    know("changeit");
    open("first", KeyStores.pkcs12("a", SERVED, "changeit"));
    Path last = open("last", KeyStores.pkcs12("a", SERVED, "changeit"));
    assertThat(find(SERVED).origin().files()).containsExactly(last);
  }

  @Test
  void keepsSymbolicLinks() throws IOException {
    Path data = Files.createDirectory(folder.resolve("..2024_01"));
    Files.write(data.resolve("tls.pem"), Pems.bytes(Pems.combined(SERVED)));
    Files.createSymbolicLink(folder.resolve("..data"), data.getFileName());
    Path link = folder.resolve("tls.pem");
    Files.createSymbolicLink(link, folder.getFileSystem().getPath("..data", "tls.pem"));
    opened.add(new OpenedFile(link, openedAt));
    assertThat(find(SERVED).origin().files()).containsExactly(link);
  }

  @Test
  void followsTheLinkOfAKubernetesVolumeThatTheServerResolved() throws IOException {
    Path real = folder.toRealPath();
    Path data = Files.createDirectory(real.resolve("..2024_01"));
    Path file = Files.write(data.resolve("tls.pem"), Pems.bytes(Pems.combined(SERVED)));
    Files.createSymbolicLink(real.resolve("..data"), data.getFileName());
    Path link = real.resolve("tls.pem");
    Files.createSymbolicLink(link, real.getFileSystem().getPath("..data", "tls.pem"));
    opened.add(new OpenedFile(file, openedAt));
    assertThat(find(SERVED).origin().files()).containsExactly(link);
  }

  @Test
  void passesOverTrustStoresThatOpen() throws Exception {
    know("changeit");
    Path combined = open("server.pem", Pems.combined(SERVED));
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("leaf", SERVED.leaf());
    open("trust.p12", KeyStores.bytes(trust, "changeit"));
    assertThat(find(SERVED).origin().files()).containsExactly(combined);
  }

  @Test
  void takesTheSuccessorInAKeyStoreThatWasReplacedSinceItWasOpened() throws IOException {
    know("changeit");
    openedAt = System.currentTimeMillis();
    open("keystore", KeyStores.pkcs12("a", NEXT, "changeit"));
    Found found = find(SERVED);
    assertThat(found.exact()).isFalse();
    assertThat(found.identity()).isEqualTo(NEXT);
  }

  @Test
  void takesTheSuccessorInPemFilesThatWereReplacedSinceTheyWereOpened() throws IOException {
    openedAt = System.currentTimeMillis();
    Path certificate = open("tls.crt", Pems.chain(NEXT));
    Path key = open("tls.key", Pems.key(NEXT));
    Found found = find(SERVED);
    assertThat(found.exact()).isFalse();
    assertThat(found.origin().files()).containsExactly(certificate, key);
  }

  @Test
  void takesAFileRenamedIntoPlaceForReplacedAlthoughItsModificationTimeIsOld() throws IOException {
    openedAt = System.currentTimeMillis();
    Path prepared = folder.resolve("prepared");
    Files.write(prepared, Pems.bytes(Pems.combined(NEXT)));
    Files.setLastModifiedTime(prepared, FileTime.fromMillis(openedAt - 86_400_000));
    Path file = folder.resolve("server.pem");
    Files.move(prepared, file);
    opened.add(new OpenedFile(file, openedAt));
    assertThat(find(SERVED).identity()).isEqualTo(NEXT);
  }

  @Test
  void takesNoSuccessorFromAFileThatIsAsItWasOpened() throws IOException {
    know("changeit");
    open("keystore", KeyStores.pkcs12("a", NEXT, "changeit"));
    open("tls.pem", Pems.combined(NEXT));
    assertThat(new OriginFinder(hints()).find(SERVED.chain())).isNull();
  }

  @Test
  void takesNoSuccessorOfAnotherName() throws IOException {
    openedAt = System.currentTimeMillis();
    open("tls.pem", Pems.combined(OTHER));
    assertThat(new OriginFinder(hints()).find(SERVED.chain())).isNull();
  }

  @Test
  void prefersTheSuccessorOfTheSameKeyType() throws IOException {
    know("changeit");
    openedAt = System.currentTimeMillis();
    Map<String, Identity> entries = new LinkedHashMap<>();
    entries.put("rsa", CA.issue("RSA", "a.example"));
    entries.put("ec", NEXT);
    open("keystore", KeyStores.of("PKCS12", entries, "changeit", "changeit"));
    assertThat(find(SERVED).alias()).isEqualTo("ec");
  }

  @Test
  void passesOverStrangeFiles() throws IOException {
    know("changeit");
    Path combined = open("server.pem", Pems.combined(SERVED));
    open("empty", new byte[0]);
    open("half.pem", Pems.key(SERVED).substring(0, 60));
    open("half.p12", Arrays.copyOf(KeyStores.pkcs12("a", SERVED, "changeit"), 100));
    open("library.jar", Pems.bytes("PK\3\4\0\0\0\0"));
    open("large", new byte[2 << 20]);
    opened.add(0, new OpenedFile(folder, openedAt));
    opened.add(0, new OpenedFile(folder.resolve("gone"), openedAt));
    opened.add(0, new OpenedFile(combined.resolve("below a file"), openedAt));
    types.add("NO-SUCH-TYPE");
    assertThat(find(SERVED).origin().files()).containsExactly(combined);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void neverOpensANamedPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    opened.add(new OpenedFile(pipe, openedAt));
    assertThat(new OriginFinder(hints()).find(SERVED.chain())).isNull();
  }

  @Test
  void findsNothingWhereNothingWasOpened() {
    assertThat(new OriginFinder(hints()).find(SERVED.leaf())).isNull();
  }

  private Found find(Identity served) {
    Found found = new OriginFinder(hints()).find(served.chain());
    assertThat(found).isNotNull();
    return found;
  }

  private Hints hints() {
    return new Hints(opened, passwords, types);
  }

  private void know(String... words) {
    for (String word : words) {
      passwords.add(word.toCharArray());
    }
  }

  private Path open(String name, String text) throws IOException {
    return open(name, Pems.bytes(text));
  }

  private Path open(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    opened.add(0, new OpenedFile(file, openedAt));
    return file;
  }
}
