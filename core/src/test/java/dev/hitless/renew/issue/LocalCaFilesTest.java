package dev.hitless.renew.issue;

import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Location;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.RealDisk;
import dev.hitless.renew.publish.WatchedDisk;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a local CA makes of its own files. */
class LocalCaFilesTest extends LocalCaWorld {
  @Test
  void readsTheCaAnewAtEachIssuanceAndKnowsTheLeavesOfTheFormerOne() throws Exception {
    Path file = ca.write(directory.resolve("ca.pem"));
    LocalCa issuer = issuer(file);
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    assertThat(issuer.isIssuerOf(old)).isTrue();
    Ca rotated = root.below("issuing", keys(KeyKind.P_256), YESTERDAY, LATER);
    rotated.write(file);
    assertThat(issuer.isIssuerOf(old)).isTrue();
    X509Certificate leaf = issuer.issue(request(old, KeyKind.P_256, null)).get(0);
    leaf.verify(rotated.certificate().getPublicKey());
    assertThat(issuer.isIssuerOf(leaf)).isTrue();
  }

  @Test
  void recognisesAThousandLeavesByOneReadingOfItsFiles() throws Exception {
    Path file = ca.write(directory.resolve("ca.pem"));
    List<Path> read = new ArrayList<>();
    LocalCa issuer =
        issuer(Location.pem(singletonList(file), emptyList()), null, counting(read), later());
    X509Certificate leaf = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9));
    for (int i = 0; i < 1000; i++) {
      assertThat(issuer.isIssuerOf(leaf)).isTrue();
    }
    assertThat(read).containsExactly(file);
  }

  /** As {@code rsync --inplace --times} does it. */
  @Test
  void readsAgainWhatWasRewrittenInPlaceUnderItsFormerTime() throws Exception {
    Path file = ca.write(directory.resolve("ca.pem"));
    Files.write(file, padding(100), StandardOpenOption.APPEND); // the other's is longer at times
    FileTime time = Files.getLastModifiedTime(file);
    LocalCa issuer =
        issuer(Location.pem(singletonList(file), emptyList()), null, new RealDisk(), later());
    Ca other = root.below("another", keys(KeyKind.P_384), YESTERDAY, LATER);
    X509Certificate leaf = leaf(other, keys(KeyKind.P_256), Duration.ofDays(9));
    assertThat(issuer.isIssuerOf(leaf)).isFalse();
    Path source = other.write(directory.resolve("other.pem"));
    byte[] padding = padding((int) (Files.size(file) - Files.size(source)));
    Files.write(file, Files.readAllBytes(source)); // truncates, and keeps the file
    Files.write(file, padding, StandardOpenOption.APPEND);
    Files.setLastModifiedTime(file, time);
    assertThat(issuer.isIssuerOf(leaf)).isTrue();
  }

  private static byte[] padding(int length) {
    byte[] newlines = new byte[length];
    Arrays.fill(newlines, (byte) '\n');
    return newlines;
  }

  @Test
  void trustsNoTimesOfChangeThatAreTooNew() throws Exception {
    Path file = ca.write(directory.resolve("ca.pem"));
    List<Path> read = new ArrayList<>();
    LocalCa issuer =
        issuer(
            Location.pem(singletonList(file), emptyList()),
            null,
            counting(read),
            Clock.fixed(Instant.now(), ZoneOffset.UTC));
    X509Certificate leaf = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9));
    for (int i = 0; i < 3; i++) {
      assertThat(issuer.isIssuerOf(leaf)).isTrue();
    }
    assertThat(read).hasSize(3);
  }

  @Test
  void signsWithTheKeyOfAKeystoreThatIsNamed() throws Exception {
    Ca other = root.below("another", keys(KeyKind.P_256), YESTERDAY, LATER);
    Path store = directory.resolve("ca.p12");
    char[] password = "very secret".toCharArray();
    KeyStore both = KeyStore.getInstance("PKCS12");
    both.load(null, null);
    for (Ca each : Arrays.asList(ca, other)) {
      both.setKeyEntry(
          each == ca ? "issuing" : "another",
          each.identity().key(),
          password,
          each.identity().chain().toArray(new X509Certificate[0]));
    }
    try (OutputStream out = Files.newOutputStream(store)) {
      both.store(out, password);
    }
    Location location = Location.keyStore(store, "PKCS12", null, password, emptyList());
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    CertificateRequest wanted = request(old, KeyKind.P_256, null);

    LocalCa named = issuer(location, "Another", new RealDisk(), clock());
    named.issue(wanted).get(0).verify(other.certificate().getPublicKey());
    assertThat(named).hasToString("local CA in the " + location + ", alias Another");
    assertThatThrownBy(() -> issuer(location, null, new RealDisk(), clock()).issue(wanted))
        .isInstanceOf(IssuerException.class)
        .hasMessageContaining("more than one CA")
        .hasMessageContaining("issuing")
        .hasMessageContaining("another")
        .hasMessageContaining("hitless.renew.local-ca.alias");
    assertThatThrownBy(() -> issuer(location, "third", new RealDisk(), clock()).issue(wanted))
        .isInstanceOf(IssuerException.class)
        .hasMessageContaining("alias third")
        .hasMessageContaining("issuing");
  }

  private static Disk counting(List<Path> read) {
    return WatchedDisk.of(
        new RealDisk(),
        (operation, paths) -> {
          if (operation.equals("read")) {
            read.add(paths[0]);
          }
        });
  }

  /** So long after the files were written that no other change can look like it. */
  private static Clock later() {
    return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
  }

  @Test
  void doesNotTakeAnotherCaOfTheSameNameForItself() throws Exception {
    Ca other = Ca.root("issuing", keys(KeyKind.P_256), YESTERDAY, LATER);
    X509Certificate foreign = leaf(other, keys(KeyKind.P_256), Duration.ofDays(9));
    assertThat(issuer(ca.write(directory.resolve("ca.pem"))).isIssuerOf(foreign)).isFalse();
  }

  @Test
  void signsWithAKeystoreAndWithAnEncryptedKeyInAFileOfItsOwn() throws Exception {
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    Path store = directory.resolve("ca.p12");
    Files.write(store, KeyStores.pkcs12("ca", ca.identity(), "very secret"));
    Path key = directory.resolve("ca.key");
    Files.write(key, Pems.bytes(Pems.encryptedKey(ca.identity(), "very secret")));
    Path certificate = directory.resolve("ca.crt");
    Files.write(certificate, Pems.bytes(Pems.chain(ca.identity())));
    char[] password = "very secret".toCharArray();
    for (Location location :
        Arrays.asList(
            Location.keyStore(store, "PKCS12", null, password, emptyList()),
            Location.pem(Arrays.asList(certificate, key), singletonList(password)))) {
      LocalCa issuer = issuer(location, null, new RealDisk(), clock());
      assertPkix(issuer.issue(request(old, KeyKind.P_256, null)), root.certificate());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void warnsOnceIfOthersCanReadTheKey() throws Exception {
    Path file = ca.write(directory.resolve("ca.pem"));
    LocalCa issuer = issuer(file);
    X509Certificate old = leaf(ca, keys(KeyKind.P_256), Duration.ofDays(9), names("a.test"));
    issuer.issue(request(old, KeyKind.P_256, null));
    assertThat(warnings).isEmpty();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    issuer.issue(request(old, KeyKind.P_256, null));
    issuer.issue(request(old, KeyKind.P_256, null));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains(file.toString(), "chmod go=");
  }
}
