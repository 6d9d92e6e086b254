package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What the agent touches and says before TLS is used: next to nothing. */
final class PremainIT {
  /**
   * Packages and classes; an application server breaks, or a start gets slow, if an agent wakes one
   * of them first.
   */
  private static final List<String> LEFT_ALONE =
      List.of(
          "java.util.logging.",
          "javax.management.",
          "java.lang.management.",
          "sun.management.",
          "com.sun.management.",
          "com.sun.jmx.",
          "java.nio.file.",
          "java.security.KeyStore",
          "java.security.MessageDigest",
          "java.security.Provider",
          "java.security.SecureRandom",
          "java.security.Security",
          "java.security.Signature",
          "javax.crypto.",
          "javax.net.",
          "com.sun.crypto.",
          "com.sun.net.ssl.",
          "sun.security.jca.",
          "sun.security.provider.",
          "sun.security.ssl.",
          "sun.security.x509.");

  @TempDir Path folder;

  @OnEachJdk
  void loadsNoClassThatAnApplicationServerWantsToWakeItself(Jdk jdk) throws Exception {
    Path empty = Probes.agent("empty", "other.EmptyAgent", folder.resolve("empty.jar"));
    Set<String> loadedAnyway = ClassLoadLog.classes(hello(jdk, Agent.flag(empty)));

    Set<String> loaded = ClassLoadLog.classes(hello(jdk, Agent.flag()));

    assertThat(loadedAnyway).contains("other.EmptyAgent", "app.Hello");
    assertThat(loaded).contains("dev.hitless.agent.inside.Start", "app.Hello");
    assertThat(loaded)
        .filteredOn(name -> !loadedAnyway.contains(name))
        .filteredOn(name -> leftAlone(loadedAnyway).anyMatch(left -> isIn(left, name)))
        .isEmpty();
  }

  @OnEachJdk
  void printsNothing(Jdk jdk) throws Exception {
    Jvm jvm = Jvm.of(jdk, folder).with("-Xshare:" + (hasArchive(jdk) ? "on" : "auto"));

    Finished with = jvm.with(Agent.flag(), "-cp", Probes.classes("plain")).run("app.Hello");

    assertThat(with).isEqualTo(new Finished(0, "hello\nthread hitless\n", ""));
  }

  @OnEachJdk
  void startsOnceWhenTheFlagIsGivenTwice(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(), Agent.flag(), "-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      assertThat(Lines.warnings(server.err()))
          .singleElement()
          .asString()
          .contains("started already");

      server.mustComeToPresent(keys.renew());
    }
  }

  /** Where the JVM uses java.nio.file itself, nothing is left there to wake. */
  private static Stream<String> leftAlone(Set<String> loadedAnyway) {
    boolean filesAreUsed = loadedAnyway.contains("java.nio.file.Files");
    return LEFT_ALONE.stream().filter(name -> !(filesAreUsed && name.equals("java.nio.file.")));
  }

  private static boolean isIn(String packageOrClass, String name) {
    return packageOrClass.endsWith(".")
        ? name.startsWith(packageOrClass)
        : name.equals(packageOrClass) || name.startsWith(packageOrClass + "$");
  }

  private Finished hello(Jdk jdk, String agent) throws IOException, InterruptedException {
    return Jvm.of(jdk, folder)
        .with(agent, ClassLoadLog.OPTION, "-cp", Probes.classes("plain"))
        .run("app.Hello");
  }

  private static boolean hasArchive(Jdk jdk) {
    return jdk.home().resolve("lib/server/classes.jsa").toFile().exists();
  }
}
