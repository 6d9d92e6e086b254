package dev.hitless.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import dev.hitless.it.server.Trusting;
import dev.hitless.it.start.Probes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process trusts follows its file: real programs, each with the flag only. */
@Execution(ExecutionMode.CONCURRENT)
final class TrustIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  static Stream<Named<Jdk>> jdks() throws IOException {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    boolean full = "full".equals(System.getenv("HITLESS_IT"));
    return (full ? all.values().stream() : Jdks.newest())
        .map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
  }

  private static Path agent() throws IOException {
    return Path.of(System.getProperty("hitless.it.jar")).toRealPath();
  }

  private Program client(Path trustStore) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(Jdk.BRISK);
    command.addAll(List.of("-cp", Probes.classes("mutual"), "app.MutualClient"));
    command.add(trustStore.toString());
    return Program.start(folder, command);
  }

  /** A client that trusts the root of the servers' own certificates. */
  private Program client(TestCa servers) throws Exception {
    return client(Files.write(folder.resolve("servers.p12"), Roots.trustStore(servers)));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void aPlainServerFollowsItsBundle(Jdk jdk) throws Exception {
    aServerFollowsItsBundle(jdk, Probes.classes("mutual"), "app.MutualServer");
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void aServerWithBouncyCastlesTlsFollowsItsBundle(Jdk jdk) throws Exception {
    aServerFollowsItsBundle(jdk, Probes.withBcjsse("mutual"), "app.WithBcjsse", "app.MutualServer");
  }

  private void aServerFollowsItsBundle(Jdk jdk, String classPath, String... program)
      throws Exception {
    Roots roots = new Roots(folder);
    TestCa servers = new TestCa();
    Path keys = Roots.keyStore(servers, folder.resolve("server.p12"));
    Way.IN_PLACE.layOut(folder, Map.of("bundle.pem", Roots.bundle(roots.old)));
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(Jdk.BRISK);
    command.addAll(List.of("-javaagent:" + agent(), "-cp", classPath));
    command.addAll(List.of(program));
    command.addAll(List.of(keys.toString(), folder.resolve("bundle.pem").toString()));
    try (Program server = Program.start(folder, command);
        Program client = client(servers)) {
      int port = Integer.parseInt(server.line().replaceAll("\\D", ""));
      new StagedRotation(client, port, roots, server::said)
          .run(
              trusted -> Way.IN_PLACE.replace(folder, Map.of("bundle.pem", Roots.bundle(trusted))));
      assertThat(server.said())
          .contains("following trust of PEM file")
          .containsPattern("trust of .*bundle.pem: 2 certificates, \\+1 -0, generation 2")
          .containsPattern(
              "trust of .*bundle.pem: 1 certificate, \\+0 -1, generation 3.* trusted in 1 context ")
          .doesNotContain("hitless WARN", "hitless ERROR");
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void saysWhatSettlesItWhenOneOfTwoBundlesChangesThatHeldTheSame(Jdk jdk) throws Exception {
    Roots roots = new Roots(folder);
    Path keys = Roots.keyStore(new TestCa(), folder.resolve("server.p12"));
    Path trusted = Files.write(folder.resolve("bundle.pem"), Roots.bundle(roots.old));
    Path other = Files.write(folder.resolve("other.pem"), Roots.bundle(roots.old));
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(Jdk.BRISK);
    command.addAll(
        List.of("-javaagent:" + agent(), "-cp", Probes.classes("mutual"), "app.MutualServer"));
    command.addAll(List.of(keys.toString(), trusted.toString(), other.toString()));
    try (Program server = Program.start(folder, command)) {
      server.line();
      assertThat(Await.until(PATIENCE, () -> server.said().contains("following trust of")))
          .as(server::said)
          .isTrue();
      Way.RENAME.replace(folder, Map.of("bundle.pem", Roots.bundle(roots.old, roots.next)));
      assertThat(Await.until(PATIENCE, () -> server.said().contains("held the same")))
          .as(server::said)
          .isTrue();
      assertThat(server.said())
          .containsPattern("hitless WARN: PEM file \\S*other.pem and PEM file \\S*bundle.pem held")
          .containsPattern("nothing tells which; .*set hitless.trust.<name>.file .*\\.for=\\S+");
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void tomcatFollowsItsTrustStore(Jdk jdk) throws Exception {
    Builds builds = new Builds();
    Server tomcat = Trusting.tomcat();
    builds.build(List.of(tomcat.module()));
    assertThat(builds.failure(tomcat.module())).isEmpty();
    Roots roots = new Roots(folder);
    TestCa servers = new TestCa();
    Place place = tomcat.place(builds.folder(), folder, jdk, new FreePorts());
    Files.createDirectories(place.tls());
    Roots.keyStore(servers, place.tls().resolve("server.p12"));
    Way.RENAME.layOut(place.tls(), Map.of("trust.p12", Roots.trustStore(roots.old)));
    try (ServerProcess server =
            ServerProcess.start(tomcat, place, Optional.of(agent()), Jdk.BRISK);
        Program client = client(servers)) {
      String first = place.port() + " " + roots.oldClient;
      boolean started =
          Await.until(PATIENCE, () -> !server.isAlive() || ask(client, first).equals("ok"));
      assertThat(started && server.isAlive()).as(() -> output(server)).isTrue();
      new StagedRotation(client, place.port(), roots, () -> output(server))
          .run(
              trusted ->
                  Way.RENAME.replace(place.tls(), Map.of("trust.p12", Roots.trustStore(trusted))));
      assertThat(Files.readString(folder.resolve("server.log")))
          .containsPattern("trust of .*trust.p12: 1 certificate, \\+0 -1, generation 3")
          .doesNotContain("hitless WARN", "hitless ERROR");
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void aPlainClientFollowsItsTrustStore(Jdk jdk) throws Exception {
    aClientFollowsItsTrustStore(jdk, Probes.classes("mutual"), "app.MutualClient");
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void aClientWithBouncyCastlesTlsFollowsItsTrustStore(Jdk jdk) throws Exception {
    aClientFollowsItsTrustStore(
        jdk, Probes.withBcjsse("mutual"), "app.WithBcjsse", "app.MutualClient");
  }

  private void aClientFollowsItsTrustStore(Jdk jdk, String classPath, String... program)
      throws Exception {
    Roots roots = new Roots(folder);
    Path anyone = Files.write(folder.resolve("any.pem"), Roots.bundle(roots.old));
    Way.RENAME.layOut(folder, Map.of("trust.p12", Roots.trustStore(roots.old)));
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(Jdk.BRISK);
    command.addAll(
        List.of(
            "-javaagent:" + agent(),
            "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12"),
            "-Djavax.net.ssl.trustStoreType=PKCS12",
            "-Djavax.net.ssl.trustStorePassword=" + KeyFiles.PASSWORD,
            "-Djavax.net.ssl.keyStore=" + roots.oldClient,
            "-Djavax.net.ssl.keyStoreType=PKCS12",
            "-Djavax.net.ssl.keyStorePassword=" + KeyFiles.PASSWORD,
            "-cp",
            classPath));
    command.addAll(List.of(program));
    Path misnamed = Roots.keyStore(roots.next, folder.resolve("misnamed.p12"), "other.example");
    try (Program old = plainServer(roots.oldClient, anyone);
        Program next = plainServer(roots.nextClient, anyone);
        Program other = plainServer(misnamed, anyone);
        Program client = Program.start(folder, command)) {
      String oldPort = old.line().replaceAll("\\D", "");
      String nextPort = next.line().replaceAll("\\D", "");
      String otherPort = other.line().replaceAll("\\D", "");
      assertThat(client.ask(oldPort)).isEqualTo("ok");
      assertThat(client.ask(nextPort)).startsWith("failed");

      Way.RENAME.replace(folder, Map.of("trust.p12", Roots.trustStore(roots.old, roots.next)));
      assertThat(Await.until(PATIENCE, () -> ask(client, nextPort).equals("ok")))
          .as(client::said)
          .isTrue();
      assertThat(client.ask(oldPort)).isEqualTo("ok");

      Way.RENAME.replace(folder, Map.of("trust.p12", Roots.trustStore(roots.next)));
      assertThat(Await.until(PATIENCE, () -> ask(client, oldPort).startsWith("failed")))
          .as(client::said)
          .isTrue();
      assertThat(client.ask(nextPort)).isEqualTo("ok");
      assertThat(client.ask(otherPort)).as("a name that is not its own").startsWith("failed");
      assertThat(client.said())
          .containsPattern("trust of .*trust.p12: 1 certificate, \\+0 -1, generation 3");
    }
  }

  /** Without hitless, on the JDK of this test. */
  private Program plainServer(Path keys, Path bundle) throws IOException {
    return Program.start(
        folder,
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            Probes.classes("mutual"),
            "app.MutualServer",
            keys.toString(),
            bundle.toString()));
  }

  private static String output(ServerProcess server) {
    try {
      return server.output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ask(Program client, String line) {
    try {
      return client.ask(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
