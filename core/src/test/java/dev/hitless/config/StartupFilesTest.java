package dev.hitless.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class StartupFilesTest {
  private final Properties system = new Properties();

  @Test
  void takesTheDefaultKeyStoreFirst() {
    system.setProperty("sun.java.command", "app.Main server.pem");
    system.setProperty("javax.net.ssl.keyStore", "store");

    assertThat(StartupFiles.of(system)).containsExactly("store", "server.pem");
  }

  @Test
  void takesWhatEndsLikeKeyMaterial() {
    system.setProperty("sun.java.command", "server.jar --tls=file:///etc/tls/a.key -x b.PEM c");
    system.setProperty("my.keystore", "conf/server.p12");
    system.setProperty("java.home", "/opt/jdk");

    assertThat(StartupFiles.of(system))
        .containsExactlyInAnyOrder("/etc/tls/a.key", "b.PEM", "conf/server.p12");
  }

  @Test
  void takesArgumentsThatArePathsWhateverTheirNames() {
    system.setProperty(
        "sun.java.command", "/opt/app/server.jar -c=/etc/tls/live/server key,conf/x");

    assertThat(StartupFiles.of(system)).containsExactly("/etc/tls/live/server", "conf/x");
  }

  @Test
  void looksAtSoManyPathsOnly() {
    StringBuilder command = new StringBuilder("app.Main");
    for (int i = 0; i < 10_000; i++) {
      command.append(" /data/").append(i);
    }
    system.setProperty("sun.java.command", command + " server.pem");

    assertThat(StartupFiles.of(system)).hasSizeLessThan(100).contains("server.pem");
  }
}
