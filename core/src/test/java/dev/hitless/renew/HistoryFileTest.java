package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Location;
import dev.hitless.renew.publish.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123Z");
  private static final Fingerprint OLD =
      Fingerprint.ofBytes("old".getBytes(StandardCharsets.UTF_8));
  private static final Fingerprint NEW =
      Fingerprint.ofBytes("new".getBytes(StandardCharsets.UTF_8));

  private static final Fingerprint COMING =
      Fingerprint.ofBytes("coming".getBytes(StandardCharsets.UTF_8));

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(directory.resolve(".hitless"));
  }

  private HistoryFile file(String alias) {
    Path cert = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    return new HistoryFile(
        directory,
        new Target(Location.pem(Arrays.asList(cert, key), Collections.emptyList()), alias));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toList());
    }
  }

  private static History history() {
    return History.none()
        .renewed(OLD, NOW, "local CA \u00fc")
        .coming(COMING, NOW.plusSeconds(3))
        .failed(NEW, NOW.plusSeconds(1), "because\nof = this")
        .failed(NEW, NOW.plusSeconds(2), "because\nof = that");
  }

  @Test
  void keepsAllThatIsRemembered() throws IOException {
    assertThat(file("pem-0").save(history())).isTrue();
    History read = file("pem-0").load();
    assertThat(read.renewed()).isEqualTo(OLD);
    assertThat(read.issued()).isEqualTo(NOW);
    assertThat(read.issuedOf(OLD)).isEqualTo(NOW);
    assertThat(read.issuedOf(NEW)).isNull();
    assertThat(read.issuedOf(COMING)).isEqualTo(NOW.plusSeconds(3));
    assertThat(read.issuer()).isEqualTo("local CA \u00fc");
    assertThat(read.failuresOf(NEW)).isEqualTo(2);
    assertThat(read.failuresOf(OLD)).isZero();
    assertThat(read.failedAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(read.failure()).isEqualTo("because\nof = that");
    assertThat(files()).hasSize(1);
  }

  @Test
  void keepsIdentitiesOfTheSameFilesApart() {
    file("pem-0").save(history());
    assertThat(file("pem-1").load().renewed()).isNull();
  }

  @Test
  void readsAnythingDamagedAsNothing() throws IOException {
    file("pem-0").save(history());
    Path only = files().get(0);
    byte[] good = Files.readAllBytes(only);
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int j = 0; j < 3 && bad.length > 0; j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Files.write(only, bad);
      assertThat(file("pem-0").load().failures()).isNotNegative();
    }
    Files.write(only, "failures=many\n".getBytes(StandardCharsets.UTF_8));
    assertThat(file("pem-0").load().failures()).isZero();
    Files.write(only, new byte[100_000]);
    assertThat(file("pem-0").load().renewed()).isNull();
  }

  @Test
  void doesWithoutWhatCannotBeWritten() throws IOException {
    Files.delete(folder);
    assertThat(file("pem-0").save(history())).isFalse();
    assertThat(file("pem-0").load().renewed()).isNull();
  }

  @Test
  void leavesNothingBehindWhereItCannotTakeItsPlace() throws IOException {
    file("pem-0").save(history());
    Path only = files().get(0);
    Files.delete(only);
    Files.createDirectories(only.resolve("in/the/way"));
    assertThat(file("pem-0").save(history())).isFalse();
    assertThat(files()).containsExactly(only);
  }
}
