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
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustFinderTest {
  private static final TestCa CA = TestCa.create("one");
  private static final X509Certificate ONE = CA.certificate();
  private static final X509Certificate TWO = TestCa.create("two").certificate();
  private static final X509Certificate THREE = TestCa.create("three").certificate();
  private static final long LONG_BEFORE = System.currentTimeMillis() - 3_600_000;
  private static final long LATER = System.currentTimeMillis() + 3_600_000;

  @TempDir Path folder;
  private final List<OpenedFile> opened = new ArrayList<>();
  private long openedAt = LATER;

  private Path open(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    opened.add(0, new OpenedFile(file, openedAt));
    return file;
  }

  private Path open(String name, X509Certificate... certificates) throws IOException {
    return open(name, Pems.bytes(Pems.certificates(certificates)));
  }

  private FoundTrust find(X509Certificate... wanted) {
    return finder(wanted).find();
  }

  private TrustFinder finder(X509Certificate... wanted) {
    Hints hints =
        new Hints(
            opened, Arrays.asList("no".toCharArray(), "changeit".toCharArray()), new ArrayList<>());
    return new TrustFinder(hints, new LinkedHashSet<>(Arrays.asList(wanted)));
  }

  private List<Path> rivals(X509Certificate... wanted) {
    TrustFinder finder = finder(wanted);
    List<Path> rivals = new ArrayList<>();
    finder.rivals(finder.nearest()).forEach(rival -> rivals.addAll(rival.files()));
    return rivals;
  }

  @Test
  void namesAllThatHoldJustTheSetBesideTheOneOpenedLast() throws Exception {
    open("more.pem", ONE, TWO, THREE);
    Path store = open("store", KeyStores.bytes(KeyStores.trusting("PKCS12", ONE, TWO), "changeit"));
    Path earlier = open("earlier.pem", TWO, ONE);
    open("less.pem", ONE);
    Path last = open("last.pem", ONE, TWO);
    assertThat(find(ONE, TWO).origin().files()).containsExactly(last);
    assertThat(rivals(ONE, TWO)).containsExactly(earlier, store);
  }

  @Test
  void namesWhatWasReplacedSinceItWasOpenedOnlyIfThatWasLater() throws Exception {
    openedAt = LONG_BEFORE;
    open("earlier.pem", ONE, THREE);
    Path found = open("found.pem", ONE, TWO);
    Path later = open("later.pem", TWO, THREE);
    assertThat(find(ONE, TWO).origin().files()).containsExactly(found);
    assertThat(rivals(ONE, TWO)).containsExactly(later);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void findsAKeyStoreByItsTrustedCertificates(String type) throws Exception {
    open("other", KeyStores.bytes(KeyStores.trusting(type, ONE), "changeit"));
    Path store = open("trust", KeyStores.bytes(KeyStores.trusting(type, ONE, TWO), "changeit"));
    FoundTrust found = find(TWO, ONE);
    assertThat(found.origin().files()).containsExactly(store);
    assertThat(found.origin().describe()).isEqualTo(type + " keystore " + store);
    Files.write(store, KeyStores.bytes(KeyStores.trusting(type, THREE), "changeit"));
    assertThat(FoundTrust.read(found.origin()).trust().certificates()).containsExactly(THREE);
  }

  @Test
  void findsAKeyStoreThatHoldsKeysToo() throws Exception {
    Identity identity = CA.issue("EC", "a.example");
    KeyStore store = KeyStores.trusting("JKS", TWO);
    store.setKeyEntry("server", identity.key(), "changeit".toCharArray(), identity.chainArray());
    Path file = open("both", KeyStores.bytes(store, "changeit"));
    // As a JDK does, which trusts the leaf of a key too.
    assertThat(find(TWO, identity.leaf()).origin().files()).containsExactly(file);
  }

  @Test
  void findsABundle() throws IOException {
    Path file = open("bundle.pem", ONE, TWO);
    open("chain.pem", ONE);
    assertThat(find(ONE, TWO).origin().files()).containsExactly(file);
  }

  @Test
  void findsOneDerFile() throws Exception {
    Path file = open("ca.der", ONE.getEncoded());
    assertThat(find(ONE).origin().files()).containsExactly(file);
  }

  @Test
  void findsTheFilesThatHoldTheSetTogether() throws IOException {
    Path one = open("1/one.pem", ONE);
    Path two = open("2/two.pem", TWO);
    open("3/three.pem", THREE);
    assertThat(find(ONE, TWO).origin().files()).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void leavesOutTheFilesThatOnlyRepeat() throws IOException {
    open("cas/one-copy.pem", ONE);
    Path one = open("cas/one.pem", ONE);
    Path two = open("cas/two.pem", TWO);
    assertThat(find(ONE, TWO).origin().files()).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void followsADirectoryThatTheProcessListed() throws Exception {
    open("cas/one.pem", ONE);
    open("cas/two.pem", TWO);
    opened.add(0, new OpenedFile(folder.resolve("cas"), openedAt));
    FoundTrust found = find(ONE, TWO);
    assertThat(found.origin()).isInstanceOf(TrustDirectory.class);
    Files.delete(folder.resolve("cas/one.pem"));
    Files.write(folder.resolve("cas/three.pem"), Pems.bytes(Pems.certificates(THREE)));
    assertThat(FoundTrust.read(found.origin()).trust().certificates())
        .containsExactlyInAnyOrder(TWO, THREE);
  }

  @Test
  void widensNothingToWhatElseLiesBesideItsFiles() throws IOException {
    open("cas/one.pem", ONE);
    open("cas/two.pem", TWO);
    Files.write(folder.resolve("cas/readme.txt"), new byte[] {'x'});
    opened.add(0, new OpenedFile(folder.resolve("cas"), openedAt));
    assertThat(find(ONE, TWO).origin()).isInstanceOf(TrustFiles.class);
  }

  @Test
  void takesNoFileThatHoldsMoreOrLess() throws IOException {
    open("more.pem", ONE, TWO, THREE);
    open("less.pem", ONE);
    assertThat(find(ONE, TWO)).isNull();
  }

  @Test
  void findsAFileThatWasReplacedBetweenTheReadingOfTheProcessAndOurs() throws IOException {
    openedAt = LONG_BEFORE;
    open("unrelated.pem", THREE);
    Path file = open("bundle.pem", ONE, THREE);
    FoundTrust found = find(ONE, TWO);
    assertThat(found.origin().files()).containsExactly(file);
    assertThat(found.trust().certificates()).containsExactly(ONE, THREE);
  }

  @Test
  void takesNoLargerBundleForASuccessorThatHoldsTheSameAuthorityToo() throws IOException {
    openedAt = LONG_BEFORE;
    open("system.pem", ONE, TWO, THREE);
    assertThat(find(ONE)).isNull();
  }

  @Test
  void takesNoServersKeyFileForASuccessor() throws IOException {
    openedAt = LONG_BEFORE;
    open("server.pem", Pems.bytes(Pems.combined(CA.issue("EC", "a.example"))));
    assertThat(find(ONE)).isNull();
  }

  @Test
  void readsALargeBundleOnlyWhenALargeSetIsSought() throws IOException {
    byte[] padding = new byte[2 << 20];
    Arrays.fill(padding, (byte) '\n');
    byte[] text = Pems.bytes(Pems.certificates(ONE));
    System.arraycopy(text, 0, padding, 0, text.length);
    open("padded.pem", padding);
    assertThat(find(ONE)).isNull();
  }
}
