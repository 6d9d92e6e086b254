package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StablePathTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void resolvesTheFolderItself() throws IOException {
    folder = temporary.toRealPath();
  }

  @Test
  void leadsBackToAKubernetesVolume() throws IOException {
    Path link = kubernetes("..2024_05_01");
    assertThat(StablePath.of(link.toRealPath())).isEqualTo(link);
  }

  @Test
  void leadsBackToAKubernetesVolumeWhoseOldDataAreGone() throws IOException {
    Path link = kubernetes("..2024_05_02");
    assertThat(StablePath.of(folder.resolve("..2024_05_01/tls.crt"))).isEqualTo(link);
  }

  @Test
  void leadsBackToTheLiveLinkOfCertbot() throws IOException {
    Path link = certbot("fullchain3.pem");
    assertThat(StablePath.of(link.toRealPath())).isEqualTo(link);
  }

  @Test
  void leadsBackToTheLiveLinkOfCertbotThatPointsToANewerFile() throws IOException {
    Path link = certbot("fullchain4.pem");
    Path old = Files.createFile(folder.resolve("archive/a.example/fullchain3.pem"));
    assertThat(StablePath.of(old)).isEqualTo(link);
  }

  @Test
  void leavesOtherPathsAlone() throws IOException {
    Path plain = Files.createFile(folder.resolve("cert3.pem"));
    assertThat(StablePath.of(plain)).isEqualTo(plain);
    Path root = folder.getRoot();
    assertThat(StablePath.of(root)).isEqualTo(root);
    Path hidden = Files.createDirectory(folder.resolve("..hidden")).resolve("tls.crt");
    assertThat(StablePath.of(hidden)).isEqualTo(hidden);
    Path archived =
        Files.createFile(Files.createDirectories(folder.resolve("archive/b")).resolve("c1.pem"));
    assertThat(StablePath.of(archived)).isEqualTo(archived);
  }

  private Path kubernetes(String data) throws IOException {
    Files.createFile(Files.createDirectory(folder.resolve(data)).resolve("tls.crt"));
    Files.createSymbolicLink(folder.resolve("..data"), Paths.get(data));
    return Files.createSymbolicLink(folder.resolve("tls.crt"), Paths.get("..data", "tls.crt"));
  }

  private Path certbot(String file) throws IOException {
    Files.createFile(Files.createDirectories(folder.resolve("archive/a.example")).resolve(file));
    Path live = Files.createDirectories(folder.resolve("live/a.example"));
    return Files.createSymbolicLink(
        live.resolve("fullchain.pem"), Paths.get("..", "..", "archive", "a.example", file));
  }
}
