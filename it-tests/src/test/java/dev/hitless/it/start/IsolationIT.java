package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of what hitless has inside is visible to the application, nor the other way round. */
final class IsolationIT {
  @TempDir Path folder;

  @OnEachJdk
  void showsTheApplicationNothingButWhatTheJvmNeedsToStartIt(Jdk jdk) throws Exception {
    Finished finished =
        Jvm.of(jdk, folder)
            .with(Agent.flag(), "-cp", Probes.classes("plain"))
            .run(
                "app.Look",
                "dev.hitless.Rotation",
                "dev.hitless.agent.inside.Start",
                "dev.hitless.agent.inside.cli.Cli",
                "com.grack.nanojson.JsonWriter",
                "picocli.CommandLine",
                "net.bytebuddy.ByteBuddy",
                "net.bytebuddy.jar.asm.ClassReader",
                "org.bouncycastle.asn1.ASN1Primitive",
                "org.bouncycastle.cert.X509CertificateHolder",
                "org.jspecify.annotations.Nullable",
                "org.tinylog.Logger",
                "META-INF/services/org.tinylog.writers.Writer",
                "META-INF/services/org.tinylog.provider.LoggingProvider",
                "tinylog.properties",
                "dev/hitless/Rotation.class",
                "java/lang/HitlessBridge.class",
                "org/tinylog/Logger.class");

    assertThat(finished).isEqualTo(new Finished(0, "looked\n", ""));
  }

  @OnEachJdk
  void rotatesBesideOtherVersionsOfItsOwnLibraries(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Path classPathRoot = Files.createDirectories(folder.resolve("configuration"));
    Path log = folder.resolve("application.log");
    Files.writeString(
        classPathRoot.resolve("tinylog.properties"),
        "writer=file\nwriter.file=" + log + "\nwriter.format=application: {message}\n");
    String classPath = classPathRoot + ":" + Probes.serverWithLibraries();
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(), "-cp", classPath);
    try (Server server = jvm.serve("app.OwnLibraries", keys.path())) {
      server.mustComeToPresent(keys.renew());

      assertThat(server.out().lines().limit(6).toList())
          .containsExactly(
              "made by Byte Buddy",
              "from byte-buddy-1.17.8.jar",
              "signed by Bouncy Castle CN=own",
              "from bcprov-jdk18on-1.78.1.jar",
              "from bcpkix-jdk18on-1.78.1.jar",
              "from tinylog-api-2.6.2.jar");
      assertThat(Files.readAllLines(log))
          .isEqualTo(List.of("application: the application's own line"));
      assertThat(Lines.ofHitless(server.err())).isNotEmpty();
      assertThat(server.err()).doesNotContain("application:");
    }
  }

  @OnOldestAndNewestJdk
  void keepsItsLogApartFromTinylogPropertiesOfTheJvm(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Path log = folder.resolve("application.log");
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with("-Dtinylog.writer=file", "-Dtinylog.writer.file=" + log, "-Dtinylog.level=off")
            .with(Agent.flag(), "-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.ofHitless(server.err())).isNotEmpty();
      assertThat(log).doesNotExist();
    }
  }
}
