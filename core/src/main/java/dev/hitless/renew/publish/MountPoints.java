package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which paths are mounted by themselves, as Linux tells; elsewhere none is known.
 *
 * <p>The table is long in a container, and asked for many times in each renewal, so it is read once
 * a second at the most; of what was mounted since, the rename will tell. Thread-safe.
 */
final class MountPoints {
  private static final Path MOUNTS = Paths.get("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Path mounts;
  private final LongSupplier nanoTime;
  private volatile @Nullable Table table;

  /** Creates one of this process. */
  MountPoints() {
    this(MOUNTS, System::nanoTime);
  }

  /**
   * Creates one.
   *
   * @param mounts of the format of {@code /proc/self/mountinfo}, see proc(5)
   * @param nanoTime a monotonic clock, as {@link System#nanoTime}
   */
  MountPoints(Path mounts, LongSupplier nanoTime) {
    this.mounts = mounts;
    this.nanoTime = nanoTime;
  }

  /** What was mounted, and when that was read. */
  private static final class Table {
    final Set<String> points;
    final long read;

    Table(Set<String> points, long read) {
      this.points = points;
      this.read = read;
    }
  }

  boolean contains(Path path) {
    Table known = table;
    long now = nanoTime.getAsLong();
    if (known == null || now - known.read >= FRESH.toNanos()) {
      known = new Table(read(), now);
      table = known;
    }
    return known.points.contains(path.toString());
  }

  private Set<String> read() {
    Set<String> points = new HashSet<>();
    try {
      if (Files.exists(mounts)) {
        for (String line : Files.readAllLines(mounts, StandardCharsets.ISO_8859_1)) {
          String[] fields = line.split(" ", MOUNT_POINT + 2);
          if (fields.length > MOUNT_POINT) {
            points.add(unescape(fields[MOUNT_POINT]));
          }
        }
      }
    } catch (IOException | SecurityException e) {
      // The rename will tell.
      return points;
    }
    return points;
  }

  /** Undoes the octal escapes of proc(5), and the reading of UTF-8 as Latin-1. */
  private static String unescape(String field) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 4 <= field.length()) {
        bytes.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.append(field.charAt(i));
      }
    }
    return new String(
        bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
