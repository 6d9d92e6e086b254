package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong inside hitless, the server serves what it loaded, and one line says so. */
final class DamagedJarIT {
  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void servesWhenNothingIsInside(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.startsWith("inside/"));
  }

  @OnOldestAndNewestJdk
  void servesWhenTheBridgeIsMissing(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.endsWith("HitlessBridge.bin"));
  }

  @OnOldestAndNewestJdk
  void servesWhenTheWeaverIsMissing(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.endsWith("inside/Weaver.bin"));
  }

  @OnOldestAndNewestJdk
  void servesWhenTheWeaversLibraryIsMissing(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.contains("bytebuddy"));
  }

  @OnEachJdk
  void servesWhenTheCoreIsMissing(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.endsWith("dev/hitless/Rotation.bin"));
  }

  @OnOldestAndNewestJdk
  void servesWhenTheKeyManagerIsMissing(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.endsWith("RotatingKeyManager.bin"));
  }

  /** As when a new version is copied over the one that a server runs with. */
  @OnOldestAndNewestJdk
  void servesWhenTheJarIsOverwrittenBeforeTheFirstHandshake(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Path jar = Files.copy(Agent.jar(), folder.resolve("overwritten.jar"));
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(jar), "-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      byte[] other = new byte[(int) Files.size(jar)];
      Files.write(jar, other, StandardOpenOption.WRITE);

      assertThat(server.presents()).isEqualTo(keys.first());
    }
  }

  @OnOldestAndNewestJdk
  void servesWhenTheFollowerIsMissing(Jdk jdk) throws Exception {
    mustServeAndWarnOnce(jdk, name -> name.endsWith("follow/FollowLoop.bin"));
  }

  private void mustServeAndWarnOnce(Jdk jdk, Predicate<String> lost) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Path jar = Agent.without(lost, folder.resolve("damaged.jar"));
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(jar), "-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      assertThat(server.presents()).isEqualTo(keys.first());
      server.newContext();
      keys.renew();
      assertThat(server.presents()).isEqualTo(keys.first());

      server.mustSay("hitless WARN");
      assertThat(server.err().lines())
          .singleElement()
          .asString()
          .startsWith("hitless WARN: ")
          .contains("Cause: ");
    }
  }
}
