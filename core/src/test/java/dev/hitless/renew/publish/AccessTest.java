package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read what a publication writes, and where it does not write at all. */
class AccessTest {
  private static final TestCa CA = TestCa.create("root");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity SECOND = CA.issue("EC", "a.example");

  @TempDir Path directory;
  private final List<String> notes = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rw-r-----", "rw-r--r--"})
  void keepsTheMode(String mode) throws Exception {
    Target target = write(directory);
    Path key = directory.resolve("tls.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
    publisher(new RealDisk(), 5).publish(target, FIRST, SECOND, () -> {});
    assertThat(mode(key)).isEqualTo(mode);
    assertThat(mode(directory.resolve("tls.crt"))).isEqualTo("rw-r--r--");
    assertThat(mode(directory.resolve(".hitless"))).isEqualTo("rwx------");
    assertThat(notes).isEmpty();
  }

  @Test
  void keepsAFewFormerVersionsOfEachIdentity() throws Exception {
    Target target = write(directory);
    Publisher publisher = publisher(new RealDisk(), 2);
    Identity held = FIRST;
    for (int i = 0; i < 4; i++) {
      Identity next = CA.issue("EC", "a.example");
      publisher.publish(target, held, next, () -> {});
      held = next;
    }
    try (Stream<Path> kept = Files.list(directory.resolve(".hitless"))) {
      assertThat(kept).hasSize(2).allMatch(path -> path.toString().contains("former-"));
    }
  }

  @Test
  void refusesASymbolicLinkAndSaysWhy() throws Exception {
    Path archive = Files.createDirectory(directory.resolve("archive"));
    write(archive);
    Files.createSymbolicLink(directory.resolve("tls.crt"), archive.resolve("tls.crt"));
    Files.createSymbolicLink(directory.resolve("tls.key"), archive.resolve("tls.key"));
    assertRefused(Shape.PEM_PAIR.target(directory), "is a symbolic link");
  }

  @Test
  void refusesAVolumeThatKubernetesReplaces() throws Exception {
    Path version = Files.createDirectory(directory.resolve("..2026_01_01"));
    write(version);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), version);
    assertRefused(Shape.PEM_PAIR.target(data), "Kubernetes");
    assertRefused(Shape.PEM_PAIR.target(version), "Kubernetes");
  }

  @Test
  void writesWhereALinkedDirectoryLeads() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    write(real);
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    publisher(new RealDisk(), 5).publish(Shape.PEM_PAIR.target(link), FIRST, SECOND, () -> {});
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isDirectory(real.resolve(".hitless"))).isTrue();
  }

  @Test
  void refusesWhenAFileIsInTheWayOfItsFolder() throws Exception {
    Target target = write(directory);
    Files.createFile(directory.resolve(".hitless"));
    assertRefused(target, "in the way");
  }

  @Test
  void doesNothingWhenTheLockWasLost() throws Exception {
    Target target = write(directory);
    byte[] before = Files.readAllBytes(directory.resolve("tls.key"));
    PublicationException lost =
        new PublicationException(PublicationException.Reason.BUSY, "lost", null);
    assertThatThrownBy(
            () ->
                publisher(new RealDisk(), 5)
                    .publish(
                        target,
                        FIRST,
                        SECOND,
                        () -> {
                          throw lost;
                        }))
        .isSameAs(lost);
    assertThat(Files.readAllBytes(directory.resolve("tls.key"))).isEqualTo(before);
    assertThat(Repair.isNeeded(directory.toFile())).isFalse();
  }

  private void assertRefused(Target target, String why) {
    assertThatThrownBy(() -> publisher(new RealDisk(), 5).check(target, FIRST))
        .isInstanceOf(PublicationException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Nothing was changed");
  }

  private Publisher publisher(Disk disk, int keep) {
    return new Publisher(disk, keep, notes::add, Clock.systemUTC());
  }

  private static Target write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : Shape.PEM_PAIR.files(FIRST).entrySet()) {
      Path path = Files.write(folder.resolve(file.getKey()), file.getValue());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }
    return Shape.PEM_PAIR.target(folder);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
