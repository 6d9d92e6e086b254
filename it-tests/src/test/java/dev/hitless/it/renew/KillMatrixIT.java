package dev.hitless.it.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.material.Identity;
import dev.hitless.renew.publish.RealDisk;
import dev.hitless.renew.publish.Repair;
import dev.hitless.renew.publish.SteppedPublication;
import dev.hitless.testing.TestCa;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A child JVM publishes, and is killed with SIGKILL before each of its writing operations: what is
 * on disk then is one of the two versions after a repair, and the next child publishes.
 *
 * <p>On the oldest and the newest JDK, each step of the pair and every fourth of the others; with
 * {@code HITLESS_IT=full} each of all on these, and as before on the JDKs in between.
 */
class KillMatrixIT {
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity SECOND = CA.issue("EC", "a.example");
  private static final int MOST = 200;

  @TempDir Path folder;

  static Stream<Arguments> runs() throws IOException {
    List<Jdk> all = new ArrayList<>(Jdks.find().values());
    boolean full = "full".equals(System.getenv("HITLESS_IT"));
    List<Jdk> jdks = full ? all : List.of(all.get(0), all.get(all.size() - 1));
    return jdks.stream()
        .distinct()
        .flatMap(
            jdk ->
                Stream.of("PEM_PAIR", "COMBINED_PEM", "PKCS12", "JKS")
                    .map(
                        shape -> {
                          // One file is the simpler case: a sample of its steps will do.
                          boolean outer =
                              List.of(all.get(0), all.get(all.size() - 1)).contains(jdk);
                          boolean each = shape.equals("PEM_PAIR") || (full && outer);
                          return Arguments.of(shape, jdk, each ? 1 : 4);
                        }));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("runs")
  void survivesSigkillAtEachStep(String shape, Jdk jdk, int stride) throws Exception {
    Path next = folder.resolve("next.p12");
    for (int step = 0; step < MOST; step += stride) {
      Path directory = folder.resolve("at-" + step);
      SteppedPublication.prepare(shape, directory, next, FIRST, SECOND);
      String said = killedAt(step, shape, jdk, directory, next);
      Repair repair = new Repair(new RealDisk(), note -> {});
      if (Repair.isNeeded(directory.toFile())) {
        repair.repair(directory);
      }
      Identity held = SteppedPublication.held(shape, directory);
      assertThat(held.fingerprint()).as(said).isIn(FIRST.fingerprint(), SECOND.fingerprint());
      assertThat(Repair.isNeeded(directory.toFile())).as(said).isFalse();
      SteppedPublication.publishAgain(shape, directory, held, SECOND);
      assertThat(SteppedPublication.held(shape, directory).fingerprint())
          .as("published again, " + said)
          .isEqualTo(SECOND.fingerprint());
      if (said.equals("done")) {
        assertThat(held.fingerprint()).isEqualTo(SECOND.fingerprint());
        assertThat(step).as("steps").isGreaterThan(10);
        return;
      }
    }
    throw new AssertionError("a publication has fewer steps than " + MOST);
  }

  private String killedAt(int step, String shape, Jdk jdk, Path directory, Path next)
      throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path errors = Files.createTempFile(folder, "child", ".err");
    Process child =
        new ProcessBuilder(
                jdk.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath,
                SteppedPublication.class.getName(),
                shape,
                directory.toString(),
                next.toString(),
                String.valueOf(step))
            .redirectError(errors.toFile())
            .start();
    try (BufferedReader reader = child.inputReader()) {
      String said = reader.readLine();
      assertThat(said).as(Files.readString(errors)).isNotNull();
      return said;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
