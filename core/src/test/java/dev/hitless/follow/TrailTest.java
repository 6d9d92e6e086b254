package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailTest {
  @TempDir Path temporary;
  private Path base;

  @BeforeEach
  void resolveTheTemporaryDirectoryItself() throws IOException {
    base = temporary.toRealPath();
  }

  /** Returns the trail below the temporary directory. */
  private Set<String> trail(String file) {
    Set<String> below = new TreeSet<>();
    for (Path entry : Trail.of(Collections.singleton(base.resolve(file))).entries()) {
      if (entry.startsWith(base) && !entry.equals(base)) {
        below.add(base.relativize(entry).toString());
      }
    }
    return below;
  }

  @Test
  void ofAFileIsItAndItsDirectory() throws IOException {
    Files.createDirectories(base.resolve("a/b"));
    Files.createFile(base.resolve("a/b/file"));
    assertThat(trail("a/b/file")).containsExactly("a/b", "a/b/file");
  }

  @Test
  void leadsThroughEveryLink() throws IOException {
    Files.createDirectories(base.resolve("tls/..1"));
    Files.createFile(base.resolve("tls/..1/crt"));
    Files.createSymbolicLink(base.resolve("tls/..data"), Paths.get("..1"));
    Files.createSymbolicLink(base.resolve("tls/crt"), Paths.get("..data/crt"));
    assertThat(trail("tls/crt"))
        .containsExactly("tls", "tls/..1", "tls/..1/crt", "tls/..data", "tls/crt");
  }

  @Test
  void takesDotsAsTheSystemDoes() throws IOException {
    Files.createDirectories(base.resolve("real/deep"));
    Files.createFile(base.resolve("real/file"));
    Files.createSymbolicLink(base.resolve("link"), Paths.get("./real/deep"));
    assertThat(trail("link/../file")).containsExactly("link", "real", "real/file");
  }

  @Test
  void endsWhereSomethingIsMissing() throws IOException {
    Files.createDirectories(base.resolve("a"));
    assertThat(trail("a/b/c/file")).containsExactly("a", "a/b");
    Files.createSymbolicLink(base.resolve("a/dangling"), Paths.get("/no/such/file"));
    assertThat(trail("a/dangling")).containsExactly("a", "a/dangling");
  }

  @Test
  void endsInALoop() throws IOException {
    Files.createSymbolicLink(base.resolve("x"), Paths.get("y"));
    Files.createSymbolicLink(base.resolve("y"), Paths.get("x"));
    assertThat(trail("x")).containsExactly("x", "y");
  }
}
