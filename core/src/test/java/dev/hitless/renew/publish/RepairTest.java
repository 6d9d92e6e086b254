package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repair says; what it does is shown by {@link CrashMatrixTest}. */
class RepairTest {
  private static final TestCa CA = TestCa.create("root");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity SECOND = CA.issue("EC", "a.example");
  private static final int MOST_STEPS = 100;

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private final Repair repair = new Repair(new RealDisk(), notes::add);

  @Test
  void saysWhatItCompletedOfAProcessThatHasEnded() throws Exception {
    for (int step = 0; step < MOST_STEPS; step++) {
      Path directory = stoppedBefore(step);
      notes.clear();
      if (repair.repair(directory)) {
        assertThat(notes).singleElement().asString().contains("found unfinished");
        return;
      }
    }
    throw new AssertionError("no publication was decided");
  }

  @Test
  void saysNothingOfOneThatIsOnItsWay() throws Exception {
    int helped = 0;
    for (int step = 0; helped == 0 && step < MOST_STEPS; step++) {
      Path directory = stoppedBefore(step);
      try (RenewalLock lock = new RenewalLocks(new RealDisk()).tryAcquire(directory).get()) {
        assertThat(lock.isHeld()).isTrue();
        helped += repair.repair(directory) ? 1 : 0;
      }
    }
    assertThat(helped).isPositive();
    assertThat(notes).isEmpty();
  }

  @Test
  void isNotMisledByAProcessThatEndsItMeanwhile() throws Exception {
    int overtaken = 0;
    for (int step = 0; overtaken == 0 && step < MOST_STEPS; step++) {
      Path directory = stoppedBefore(step);
      notes.clear();
      boolean[] read = {false};
      new Repair(overtaking(directory, read), notes::add).repair(directory);
      overtaken += read[0] ? 1 : 0;
      assertThat(SteppedPublication.held("PEM_PAIR", directory).fingerprint())
          .isIn(FIRST.fingerprint(), SECOND.fingerprint());
      assertThat(notes).filteredOn(note -> note.contains("damaged")).isEmpty();
    }
    assertThat(overtaken).isPositive();
  }

  /** Where another process repairs before this one reads the journal it has seen. */
  private static Disk overtaking(Path directory, boolean[] read) {
    return onRead(
        path -> {
          if (path.endsWith(Transactions.MANIFEST) && !read[0]) {
            read[0] = true;
            new Repair(new RealDisk(), note -> {}).repair(directory);
          }
        });
  }

  private interface BeforeReading {
    void of(Path path) throws Exception;
  }

  private static Disk onRead(BeforeReading before) {
    Disk disk = new RealDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("read")) {
                before.of((Path) arguments[0]);
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Files whose publication got no further. */
  private Path stoppedBefore(int step) throws Exception {
    Path directory = Files.createDirectories(folder.resolve("at-" + step));
    for (Map.Entry<String, byte[]> file : Shape.PEM_PAIR.files(FIRST).entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    try {
      new Publisher(ending(step), 5, note -> {}, Clock.systemUTC())
          .publish(Shape.PEM_PAIR.target(directory), FIRST, SECOND, () -> {});
    } catch (Killed e) {
      return directory;
    }
    return directory;
  }

  private static Disk ending(int at) {
    Disk disk = new RealDisk();
    int[] count = {0};
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (count[0] > at || (method.getReturnType() == void.class && count[0]++ == at)) {
                throw new Killed();
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
