package dev.hitless.renew.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Location;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
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
            Location.keyStore(store, "PKCS12", null, password, Collections.emptyList()),
            Location.pem(Arrays.asList(certificate, key), Collections.singletonList(password)))) {
      LocalCa issuer = new LocalCa(location, clock(), RANDOM, warnings::add);
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
