package dev.hitless.renew.publish;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {
  private static final String ROOT = "21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n";

  @TempDir private Path folder;

  @Test
  void knowsWhatIsMountedByItself() throws IOException {
    MountPoints points =
        new MountPoints(
            table(ROOT + "97 21 8:1 /k /etc/my\\040tls/k\303\274.pem rw - ext4 /dev/sda1 rw\n"),
            System::nanoTime);

    assertTrue(points.contains(Paths.get("/etc/my tls/k\u00fc.pem")));
    assertFalse(points.contains(Paths.get("/etc/my tls")));
  }

  @Test
  void readsTheTableOnceASecondAtTheMost() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path table = table(ROOT);
    Path file = Paths.get("/etc/tls/key.pem");
    MountPoints points = new MountPoints(table, nanos::get);
    assertFalse(points.contains(file));
    table(ROOT + "97 21 8:1 /k /etc/tls/key.pem rw - ext4 /dev/sda1 rw\n");

    nanos.set(Duration.ofMillis(999).toNanos());
    assertFalse(points.contains(file));
    nanos.set(Duration.ofSeconds(1).toNanos());
    assertTrue(points.contains(file));
  }

  @Test
  void knowsNoneWhereNoTableIs() {
    MountPoints points = new MountPoints(folder.resolve("missing"), System::nanoTime);

    assertFalse(points.contains(Paths.get("/")));
  }

  private Path table(String content) throws IOException {
    return Files.write(folder.resolve("mountinfo"), content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
