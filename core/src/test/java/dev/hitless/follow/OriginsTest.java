package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginsTest {
  private static final Identity IDENTITY = TestCa.create("root").issue("EC", "a.example");

  @TempDir Path folder;

  @Test
  void keyStoreKeepsItsOwnCopyOfThePassword() throws Exception {
    byte[] content = KeyStores.pkcs12("a", IDENTITY, "changeit");
    Path file = Files.write(folder.resolve("a.p12"), content);
    char[] password = "changeit".toCharArray();
    IdentityOrigin origin =
        new KeyStoreOrigin(file, "PKCS12", null, password, Collections.emptyList());
    Arrays.fill(password, '\0');

    Contents contents = origin.parse(origin.read());

    assertThat(contents.identities()).containsEntry("a", IDENTITY);
    assertThat(contents.digest()).isEqualTo(Fingerprint.ofBytes(content));
    assertThat(origin).hasToString("PKCS12 keystore " + file);
  }

  @Test
  void pemReadsItsFilesInTheirOrder() throws Exception {
    byte[] chain = Pems.bytes(Pems.chain(IDENTITY));
    byte[] key = Pems.bytes(Pems.key(IDENTITY));
    Path chainFile = Files.write(folder.resolve("a.crt"), chain);
    Path keyFile = Files.write(folder.resolve("a.key"), key);
    IdentityOrigin origin =
        new PemOrigin(Arrays.asList(chainFile, keyFile), Collections.emptyList());

    Contents contents = origin.parse(origin.read());

    assertThat(contents.identities()).containsEntry("pem-0", IDENTITY);
    assertThat(contents.digest()).isEqualTo(Fingerprint.ofBytes(chain, key));
    assertThat(origin.describe()).isEqualTo("PEM files " + chainFile + ", " + keyFile);
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertUnreadable(folder.resolve("gone.pem"), "gone.pem does not exist");
  }

  @Test
  void refusesToOpenWhatIsNoRegularFile() {
    assertUnreadable(folder, "is not a regular file");
  }

  @Test
  void refusesToReadWithoutEnd() throws Exception {
    Path file = Files.write(folder.resolve("large.pem"), new byte[FileBytes.LIMIT + 1]);
    assertUnreadable(file, "is larger than");
  }

  private static void assertUnreadable(Path file, String message) {
    List<Path> files = Collections.singletonList(file);
    assertThatThrownBy(() -> new PemOrigin(files, Collections.emptyList()).read())
        .isInstanceOfSatisfying(
            MaterialException.class,
            e -> assertThat(e.reason()).isEqualTo(MaterialException.Reason.UNREADABLE))
        .hasMessageContaining(message);
  }
}
