package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Where the jar may lie, and how the flag may come. */
final class PlacesIT {
  @TempDir Path folder;

  @OnEachJdk
  void worksThroughTheEnvironmentAndWithoutATemporaryFolder(Jdk jdk) throws Exception {
    mustRotate(
        Jvm.of(jdk, folder)
            .withEnvironment("JAVA_TOOL_OPTIONS", Agent.flag())
            .with("-Djava.io.tmpdir=/nonexistent"));
  }

  @OnEachJdk
  void worksFromAPathThatIsHardToSpell(Jdk jdk) throws Exception {
    Path odd = Files.createDirectories(folder.resolve("my gänts%20 + #1 [é]/日本 & co;"));
    Path jar = Files.copy(Agent.jar(), odd.resolve("hitless agent%21#+.jar"));
    mustRotate(Jvm.of(jdk, folder).with(Agent.flag(jar)));
  }

  @OnOldestAndNewestJdk
  void worksThroughARelativeSymbolicLink(Jdk jdk) throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path jar = Files.copy(Agent.jar(), folder.resolve("hitless-agent-1.0.jar"));
    Files.createSymbolicLink(work.resolve("agent.jar"), jar);
    mustRotate(Jvm.of(jdk, work).with("-javaagent:agent.jar"));
  }

  @OnOldestAndNewestJdk
  void writesNoFile(Jdk jdk) throws Exception {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Path work = Files.createDirectories(folder.resolve("work"));
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path jar = Files.copy(Agent.jar(), jars.resolve("hitless-agent.jar"));
    mustRotate(Jvm.of(jdk, work).with(Agent.flag(jar), "-Djava.io.tmpdir=" + temporary));

    assertThat(names(jars)).containsExactly("hitless-agent.jar");
    assertThat(names(temporary)).isEmpty();
    assertThat(names(work)).allMatch(name -> name.matches("jvm[0-9]+\\.(out|err)"));
  }

  private void mustRotate(Jvm jvm) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm server = jvm.with("-cp", Probes.classes("server"));
    try (Server running = server.serve("app.TlsServer", keys.path())) {
      running.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(running.err())).isEmpty();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
