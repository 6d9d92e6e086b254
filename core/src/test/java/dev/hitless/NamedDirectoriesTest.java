package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedDirectoriesTest {
  @TempDir Path folder;
  private Path conf;

  @BeforeEach
  void lay() throws IOException {
    conf = Files.createDirectory(folder.resolve("conf"));
    Files.createFile(conf.resolve("server.P12"));
    Files.createFile(conf.resolve("notes.txt"));
    Files.createDirectory(conf.resolve("more"));
    Files.createFile(conf.resolve("more/other.p12"));
  }

  @Test
  void holdWhatIsNamedLikeKeyMaterial() {
    assertThat(NamedDirectories.keyMaterial(Collections.singleton(conf)))
        .containsExactly(conf.resolve("server.P12"));
  }

  @Test
  void giveNothingThatIsNamedItself() throws IOException {
    Path other = Files.createFile(conf.resolve("other.pem"));
    assertThat(NamedDirectories.keyMaterial(Arrays.asList(conf, other)))
        .containsExactly(conf.resolve("server.P12"));
  }

  @Test
  void areNotThoseOfNamedFiles() throws IOException {
    Path other = Files.createFile(conf.resolve("other.pem"));
    assertThat(NamedDirectories.keyMaterial(Collections.singleton(other))).isEmpty();
    assertThat(NamedDirectories.keyMaterial(Collections.singleton(folder.resolve("gone"))))
        .isEmpty();
  }

  @Test
  void giveNoMoreThanAServerHas() throws IOException {
    for (int i = 0; i < 200; i++) {
      Files.createFile(conf.resolve(i + ".pem"));
    }
    assertThat(NamedDirectories.keyMaterial(Collections.singleton(conf))).hasSizeLessThan(100);
  }
}
