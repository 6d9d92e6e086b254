package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What may follow the jar in the flag. The settings' meaning is core's to test. */
final class ArgumentsIT {
  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void takesKeysWithTheirPrefixAndWithout(Jdk jdk) throws Exception {
    Path log = folder.resolve("hitless.log");
    mustLogTo(log, jdk, "log.file=" + log + ",hitless.log.level=debug");
  }

  @OnOldestAndNewestJdk
  void takesAFile(Jdk jdk) throws Exception {
    Path log = folder.resolve("hitless.log");
    Path file = folder.resolve("hitless.properties");
    Files.writeString(file, "hitless.log.file=" + log + "\n");
    mustLogTo(log, jdk, file.toString());
  }

  @OnOldestAndNewestJdk
  void namesWhatMakesNoSenseAndWorksWithDefaults(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with(Agent.flag("poll=often,nonsense,frobnicate=1"))
            .with("-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(server.err()))
          .hasSize(3)
          .anyMatch(line -> line.contains("hitless.poll=often"))
          .anyMatch(line -> line.contains("\"nonsense\""))
          .anyMatch(line -> line.contains("hitless.frobnicate"));
    }
  }

  @OnOldestAndNewestJdk
  void namesAFileThatIsNotThereAndWorksWithDefaults(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with(Agent.flag("/etc/no-such.properties"))
            .with("-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(server.err()))
          .singleElement()
          .asString()
          .contains("/etc/no-such.properties");
    }
  }

  private void mustLogTo(Path log, Jdk jdk, String arguments) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(arguments)).with("-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.ofHitless(Files.readString(log))).isNotEmpty();
      assertThat(server.err()).isEmpty();
    }
  }
}
