package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** At no instant of a renewal anything may be read by more users than what it replaces. */
@DisabledOnOs(OS.WINDOWS)
class NeverMoreReadableTest {
  private static final TestCa CA = TestCa.create("root");
  private static final int PUBLICATIONS = 5;
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  @TempDir Path directory;
  private final Set<String> tooOpen = new CopyOnWriteArraySet<>();
  private final LongAdder gone = new LongAdder();
  private final Set<String> seen = new TreeSet<>();

  /** Between any two operations, and by a thread that looks all the time, within them. */
  @Test
  void whateverIsWritten() throws Exception {
    Identity held = CA.issue("EC", "a.example");
    for (Map.Entry<String, byte[]> file : Shape.PEM_PAIR.files(held).entrySet()) {
      Path path = Files.write(directory.resolve(file.getKey()), file.getValue());
      boolean isKey = file.getKey().endsWith("key");
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(isKey ? "rw-r-----" : "rw-r--r--"));
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Disk disk = WatchedDisk.of(new RealDisk(), (operation, paths) -> look());
    Publisher publisher = new Publisher(disk, 3, note -> {}, Clock.systemUTC());
    RenewalLocks locks = new RenewalLocks(disk);
    Thread looker = new Thread(this::lookOn, "looker");
    looker.setDaemon(true);
    looker.start();
    try {
      for (int i = 0; i < PUBLICATIONS; i++) {
        Identity next = CA.issue("EC", "a.example");
        try (RenewalLock lock = locks.tryAcquire(directory).get()) {
          publisher.publish(Shape.PEM_PAIR.target(directory), held, next, lock);
        }
        held = next;
      }
    } finally {
      looker.interrupt();
      looker.join();
    }
    look();

    assertThat(tooOpen).isEmpty();
    assertThat(seen)
        .contains("tls.crt", "tls.key", "lock", "manifest")
        .contains("old.tls.key", "new.tls.key", "old.tls.crt", "new.tls.crt");
  }

  private void lookOn() {
    while (!Thread.currentThread().isInterrupted()) {
      look();
    }
  }

  private void look() {
    for (Path file : files()) {
      try {
        Set<PosixFilePermission> more = readers(file);
        more.removeAll(
            PosixFilePermissions.fromString(
                file.toString().endsWith("tls.crt") ? "rw-r--r--" : "rw-r-----"));
        // A file of hitless's own has no user's mode to keep: nobody else may read it.
        boolean own = !file.toString().contains("tls.");
        if (!more.isEmpty() || (own && !readers(file).isEmpty())) {
          tooOpen.add(directory.relativize(file) + " " + readers(file));
        }
        synchronized (seen) {
          seen.add(String.valueOf(file.getFileName()));
        }
      } catch (IOException e) {
        gone.increment(); // renamed or deleted just now
      }
    }
  }

  /** Of others than the owner, who may reach and read a file. */
  private Set<PosixFilePermission> readers(Path file) throws IOException {
    Set<PosixFilePermission> readers = EnumSet.copyOf(OF_OTHERS);
    readers.retainAll(Files.getPosixFilePermissions(file));
    for (Path above = file.getParent(); !above.equals(directory); above = above.getParent()) {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(above);
      if (!mode.contains(PosixFilePermission.GROUP_EXECUTE)) {
        readers.remove(PosixFilePermission.GROUP_READ);
      }
      if (!mode.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        readers.remove(PosixFilePermission.OTHERS_READ);
      }
    }
    return readers;
  }

  private List<Path> files() {
    while (true) {
      try (Stream<Path> all = Files.walk(directory)) {
        return all.filter(Files::isRegularFile).collect(Collectors.toList());
      } catch (UncheckedIOException | IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          return new ArrayList<>();
        }
      }
    }
  }
}
