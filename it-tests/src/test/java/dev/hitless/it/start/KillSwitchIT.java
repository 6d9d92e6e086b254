package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@code hitless.enabled=false}, wherever it is said: no hook, no thread, nothing loaded. */
final class KillSwitchIT {
  @TempDir Path folder;

  @OnEachJdk
  void isOffByProperty(Jdk jdk) throws Exception {
    mustBeOff(Jvm.of(jdk, folder).with(Agent.flag(), "-Dhitless.enabled=false"));
  }

  @OnOldestAndNewestJdk
  void isOffByArgument(Jdk jdk) throws Exception {
    mustBeOff(Jvm.of(jdk, folder).with(Agent.flag("poll=1s,enabled=false")));
  }

  @OnOldestAndNewestJdk
  void isOffByArgumentWithPrefix(Jdk jdk) throws Exception {
    mustBeOff(Jvm.of(jdk, folder).with(Agent.flag("hitless.enabled=false")));
  }

  @OnOldestAndNewestJdk
  void isOffByFile(Jdk jdk) throws Exception {
    Path file = Files.writeString(folder.resolve("off.properties"), "hitless.enabled = false\n");
    mustBeOff(Jvm.of(jdk, folder).with(Agent.flag(file.toString())));
  }

  @OnOldestAndNewestJdk
  void isOnByPropertyAlthoughTheFileSaysOff(Jdk jdk) throws Exception {
    Path file = Files.writeString(folder.resolve("off.properties"), "hitless.enabled=false\n");
    Finished finished =
        Jvm.of(jdk, folder)
            .with(Agent.flag(file.toString()), "-Dhitless.enabled=true")
            .with("-cp", Probes.classes("plain"))
            .run("app.Hello");

    assertThat(finished.out()).contains("thread hitless");
  }

  private static void mustBeOff(Jvm jvm) throws Exception {
    Finished finished =
        jvm.with(ClassLoadLog.OPTION, "-cp", Probes.classes("plain")).run("app.Hello");

    assertThat(finished.out()).contains("hello").doesNotContain("thread hitless");
    assertThat(finished.err()).isEmpty();
    assertThat(ClassLoadLog.classes(finished))
        .contains("dev.hitless.agent.HitlessAgent")
        .doesNotContain("dev.hitless.agent.InsideLoader", "java.lang.HitlessBridge")
        .noneMatch(name -> name.startsWith("dev.hitless.agent.inside."));
  }
}
