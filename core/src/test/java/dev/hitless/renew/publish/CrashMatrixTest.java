package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends, or fails, a publication at each of its operations, and a repair at each of its own: one of
 * the two versions is whole afterwards, every time, and the next publication succeeds.
 */
@Tag("logic")
class CrashMatrixTest {
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Identity FIRST = leafAlone(CA.issue("RSA", "a.example"));
  private static final Identity SECOND = leafAlone(CA.issue("RSA", "a.example"));
  private static final Path ROOT = Paths.get("/etc/app").toAbsolutePath();
  private static final int RANDOM_CUTS = 3;

  private static final int STRIDE = 5;

  /** More operations than any publication has; a loop that gets there is an error. */
  private static final int MOST = 1000;

  @ParameterizedTest
  @EnumSource(
      names = {"JCEKS", "PEM_OF_THREE"},
      mode = EnumSource.Mode.EXCLUDE)
  void survivesAKillAtEachOperation(Shape shape) throws Exception {
    for (Fault fault : EnumSet.of(Fault.KILL, Fault.KILL_WITHIN)) {
      for (int n = 0; n < MOST; n++) {
        ModelDisk disk = disk(shape);
        boolean met = publishMeeting(disk, shape, fault, n);
        disk.restart();
        if (!met) {
          assertThat(held(disk, shape)).isEqualTo(SECOND.fingerprint());
          break;
        }
        assertHeals(disk, shape, fault + " at " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PEM_PAIR", "PEM_IN_TWO_DIRECTORIES", "COMBINED_PEM", "JKS"})
  void survivesAPowerCutAtEachOperation(Shape shape) throws Exception {
    for (int n = 0; n < MOST; n++) {
      boolean met = true;
      for (int cut = 0; met && cut <= RANDOM_CUTS; cut++) {
        ModelDisk disk = disk(shape);
        met = publishMeeting(disk, shape, Fault.KILL, n);
        disk.cutPower(cut == 0 ? null : new Random(31L * n + cut));
        assertHeals(disk, shape, "power cut " + cut + " at " + n);
      }
      if (!met) {
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PEM_PAIR", "PEM_IN_TWO_DIRECTORIES"})
  void survivesAKillAtEachOperationOfTheRepair(Shape shape) throws Exception {
    Random random = new Random(7);
    for (int n = 0; n < MOST; n++) {
      boolean metFirst = true;
      // Each operation of the repair is met at some operation of the publication.
      for (int m = n % STRIDE; metFirst && m < MOST; m += STRIDE) {
        ModelDisk disk = disk(shape);
        metFirst = publishMeeting(disk, shape, Fault.KILL, n);
        disk.cutPower(random);
        disk.meet(Fault.KILL_WITHIN, m);
        try {
          repair(disk, shape);
        } catch (Killed e) {
          disk.cutPower(random);
        }
        boolean met = disk.hasMet();
        disk.restart();
        assertHeals(disk, shape, "killed at " + n + ", again at " + m);
        if (!met) {
          break;
        }
      }
      if (!metFirst) {
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PEM_PAIR", "PEM_IN_TWO_DIRECTORIES", "COMBINED_PEM", "JKS"})
  void losesNothingWhenAnOperationFails(Shape shape) throws Exception {
    Set<Fault> faults =
        EnumSet.of(Fault.EIO, Fault.EIO_FROM_THEN_ON, Fault.EIO_AFTERWARDS, Fault.FULL);
    for (Fault fault : faults) {
      for (int n = 0; n < MOST; n++) {
        ModelDisk disk = disk(shape);
        if (!publishMeeting(disk, shape, fault, n)) {
          break;
        }
        disk.restart();
        assertHeals(disk, shape, fault + " at " + n);
      }
    }
  }

  /** Returns whether the operation of that number was reached. */
  private static boolean publishMeeting(ModelDisk disk, Shape shape, Fault fault, int operation) {
    disk.meet(fault, operation);
    try {
      publish(disk, shape);
      return disk.hasMet();
    } catch (Killed e) {
      return true;
    } catch (PublicationException e) {
      assertThat(disk.hasMet()).as("fails only for cause: " + e).isTrue();
      assertThat(e).hasMessageContaining(ROOT + "/");
      return true;
    }
  }

  private static void assertHeals(ModelDisk disk, Shape shape, String when) throws Exception {
    repair(disk, shape);
    assertThat(held(disk, shape))
        .as("after the repair, " + when)
        .isIn(FIRST.fingerprint(), SECOND.fingerprint());
    Fingerprint held = held(disk, shape);
    repair(disk, shape);
    assertThat(held(disk, shape)).as("after another repair, " + when).isEqualTo(held);
    publish(disk, shape);
    assertThat(held(disk, shape)).as("in the end, " + when).isEqualTo(SECOND.fingerprint());
    for (Path directory : directories(shape)) {
      for (String name : disk.list(directory.resolve(Folder.NAME))) {
        if (held.equals(FIRST.fingerprint())) {
          assertThat(name).as("left over, " + when).startsWith(Folder.FORMER);
        }
      }
    }
  }

  private static void publish(Disk disk, Shape shape) throws PublicationException {
    new Publisher(disk, 5, note -> {}, Clock.systemUTC())
        .publish(shape.target(ROOT), FIRST, SECOND, () -> {});
  }

  private static void repair(Disk disk, Shape shape) throws IOException {
    Repair repair = new Repair(disk, note -> {});
    for (Path directory : directories(shape)) {
      repair.repair(directory);
    }
  }

  private static Set<Path> directories(Shape shape) {
    Set<Path> directories = new java.util.LinkedHashSet<>();
    for (Path file : shape.target(ROOT).location().files()) {
      directories.add(file.getParent());
    }
    return directories;
  }

  private static Fingerprint held(Disk disk, Shape shape) throws IOException {
    Target target = shape.target(ROOT);
    List<byte[]> contents = new ArrayList<>();
    for (Path file : target.location().files()) {
      contents.add(disk.read(file));
    }
    try {
      return target.location().parse(contents).get(target.alias()).fingerprint();
    } catch (MaterialException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Without a chain, whose signatures would be verified thousands of times. */
  private static Identity leafAlone(Identity issued) {
    try {
      return Identity.of(issued.key(), java.util.Collections.singletonList(issued.leaf()));
    } catch (MaterialException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModelDisk disk(Shape shape) {
    ModelDisk disk = new ModelDisk();
    for (Map.Entry<String, byte[]> file : files(shape).entrySet()) {
      disk.put(ROOT.resolve(file.getKey()), file.getValue());
    }
    return disk;
  }

  /** The same for every run: a keystore takes long to make. */
  private static synchronized Map<String, byte[]> files(Shape shape) {
    return FILES.computeIfAbsent(shape, any -> any.files(FIRST));
  }

  private static final Map<Shape, Map<String, byte[]>> FILES = new java.util.EnumMap<>(Shape.class);
}
