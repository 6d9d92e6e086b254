package dev.hitless.it.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.material.Identity;
import dev.hitless.renew.publish.Repair;
import dev.hitless.renew.publish.SteppedPublication;
import dev.hitless.renew.publish.UnforcedDisk;
import dev.hitless.testing.TestCa;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A child JVM is killed with SIGKILL before each step of a publication, for each format: what is on
 * disk then is one of the two versions after a repair, and the next publication succeeds.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillMatrixIT {
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity SECOND = CA.issue("EC", "a.example");

  @TempDir Path folder;

  static Stream<Arguments> runs() throws IOException {
    return Jdks.find().values().stream()
        .flatMap(
            jdk ->
                Stream.of("PEM_PAIR", "COMBINED_PEM", "PKCS12", "JKS")
                    .map(shape -> Arguments.of(shape, jdk)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("runs")
  void survivesSigkillBeforeEachStep(String shape, Jdk jdk) throws Exception {
    List<KilledPublication> killed =
        KilledPublication.beforeEachStep(shape, jdk, folder, FIRST, SECOND);

    assertThat(killed).as("steps").hasSizeGreaterThan(10);
    for (KilledPublication publication : killed) {
      Identity held = repaired(shape, publication);
      assertThat(held.fingerprint())
          .as(publication.said())
          .isIn(
              publication.said().equals("done")
                  ? List.of(SECOND.fingerprint())
                  : List.of(FIRST.fingerprint(), SECOND.fingerprint()));
      SteppedPublication.publishAgain(shape, publication.directory(), held, SECOND);
      assertThat(SteppedPublication.held(shape, publication.directory()).fingerprint())
          .as("published again, " + publication.said())
          .isEqualTo(SECOND.fingerprint());
    }
  }

  /** Returns what a reader finds in the end. */
  private static Identity repaired(String shape, KilledPublication publication) throws Exception {
    File directory = publication.directory().toFile();
    if (Repair.isNeeded(directory)) {
      new Repair(UnforcedDisk.create(), note -> {}).repair(publication.directory());
    }
    assertThat(Repair.isNeeded(directory)).as(publication.said()).isFalse();
    return SteppedPublication.held(shape, publication.directory());
  }
}
