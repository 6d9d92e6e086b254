package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where SunJSSE runs in FIPS mode, which JDKs up to 12 have, it takes no key manager but its own:
 * the server serves what it would without hitless, and the log says that a restart is needed.
 */
final class FipsModeIT {
  private static final int LAST_WITH_FIPS_MODE = 12;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> standsAside() throws IOException {
    return Jdks.find().headMap(LAST_WITH_FIPS_MODE, true).values().stream()
        .map(jdk -> DynamicTest.dynamicTest("on JDK " + jdk.feature(), () -> standsAside(jdk)));
  }

  private void standsAside(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(Files.createDirectory(folder.resolve("" + jdk.feature())));
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with("-Djava.security.properties==" + securityWithoutJsse(jdk), Agent.flag());
    if (jdk.feature() > 8) {
      jvm = jvm.with("--add-exports", "java.base/com.sun.net.ssl.internal.ssl=ALL-UNNAMED");
    }
    try (Server server =
        jvm.with("-cp", Probes.classes("server")).serve("app.FipsServer", keys.path())) {
      server.mustSay("FIPS mode");
      keys.renew();

      assertThat(server.presents()).isEqualTo(keys.first());
      assertThat(server.out()).contains("FIPS mode, crypto provider Certified");
      assertThat(Lines.warnings(server.err()))
          .singleElement()
          .asString()
          .contains("nothing is rotated", "restart");
    }
  }

  /** The JDK's own security properties with the providers of cryptography alone. */
  private Path securityWithoutJsse(Jdk jdk) throws IOException {
    Path lib = jdk.home().resolve(jdk.feature() > 8 ? "conf" : "jre/lib");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(lib.resolve("security/java.security"))) {
      if (!line.startsWith("security.provider.")) {
        lines.add(line);
      }
    }
    List<String> providers =
        jdk.feature() > 8
            ? List.of("SUN", "SunRsaSign", "SunEC", "SunJCE")
            : List.of(
                "sun.security.provider.Sun",
                "sun.security.rsa.SunRsaSign",
                "sun.security.ec.SunEC",
                "com.sun.crypto.provider.SunJCE");
    for (int i = 0; i < providers.size(); i++) {
      lines.add("security.provider." + (i + 1) + "=" + providers.get(i));
    }
    return Files.write(folder.resolve(jdk.feature() + ".security"), lines);
  }
}
