package dev.hitless.it.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.renew.publish.SteppedPublication;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real server that is started after a renewal was killed between its two files: the server itself
 * reads them, and must find a pair.
 */
class HalfWrittenPairIT {
  private static final Duration START = Duration.ofSeconds(60);
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Builds BUILDS = new Builds();

  @TempDir Path folder;

  @BeforeAll
  static void build() throws Exception {
    BUILDS.build(List.of("netty"));
    assertThat(BUILDS.failure("netty")).isEmpty();
  }

  static Stream<Jdk> jdks() throws IOException {
    List<Jdk> all = List.copyOf(Jdks.find().values());
    return Stream.of(all.get(0), all.get(all.size() - 1)).distinct();
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void startsWithAWholePair(Jdk jdk) throws Exception {
    Identity first = CA.issue("EC", "localhost");
    Identity second = CA.issue("EC", "localhost");
    Path broken = brokenPair(jdk, first, second);
    int port = new FreePorts().next();
    Path log = folder.resolve("server.log");
    Process server = start(jdk, broken, port, log);
    try {
      boolean up = Await.until(START, () -> !server.isAlive() || presents(port) != null);
      assertThat(up && server.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(presents(port)).isIn(first.fingerprint().hex(), second.fingerprint().hex());
      assertThat(Files.readString(log))
          .contains("hitless WARN: a renewal in ", "was found unfinished");
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  /** The files as they are after a kill between the two renames: of two generations. */
  private Path brokenPair(Jdk jdk, Identity first, Identity second) throws Exception {
    for (KilledPublication killed :
        KilledPublication.beforeEachStep("PEM_PAIR", jdk, folder, first, second)) {
      try {
        SteppedPublication.held("PEM_PAIR", killed.directory());
      } catch (MaterialException e) {
        return killed.directory();
      }
    }
    throw new AssertionError("no step left a broken pair");
  }

  private static Process start(Jdk jdk, Path pair, int port, Path log) throws IOException {
    Path build = BUILDS.folder().resolve("netty");
    return new ProcessBuilder(
            jdk.java().toString(),
            "-javaagent:" + Path.of(System.getProperty("hitless.it.jar")).toRealPath(),
            "-Dhitless.renew.issuer=exec",
            "-Dhitless.renew.exec.command=false",
            "-cp",
            build.resolve("classes") + File.pathSeparator + build.resolve("lib") + "/*",
            "app.PemServer",
            Integer.toString(port),
            pair.resolve("tls.crt").toString(),
            pair.resolve("tls.key").toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static String presents(int port) {
    try {
      return Fingerprint.of(new TlsClient().shakeHands(port, "TLSv1.2")).hex();
    } catch (IOException e) {
      return null; // not up yet
    }
  }
}
