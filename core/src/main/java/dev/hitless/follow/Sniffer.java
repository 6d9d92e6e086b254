package dev.hitless.follow;

import dev.hitless.follow.Hints.OpenedFile;
import dev.hitless.material.Format;
import dev.hitless.material.MaterialException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the files that a server opened, and keeps those that may hold a key or certificate.
 *
 * <p>It opens regular files up to a size only, and reads no more than {@value #HEAD} bytes of what
 * is neither a known format nor text: a server opens hundreds of jars and libraries.
 */
final class Sniffer {
  /** Above any file with a key that a server has. */
  static final int LARGEST = 1 << 20;

  private static final int HEAD = 4096;
  private static final long BUDGET = 64L << 20;

  /**
   * How far a kernel's time of change may lie behind the clock. No more: keystores that were made
   * just before the start, for several uses and the same host, would pass for successors of each
   * other.
   */
  private static final long CLOCK_SLACK_MILLIS = 20;

  private final boolean keepUnknown;
  private final int largest;
  private long budget = BUDGET;
  private boolean unsettled;

  /**
   * Creates a sniffer.
   *
   * @param keepUnknown whether binary files of unknown format may be keystores of a foreign type
   * @param largest the largest file that is looked at, in bytes
   */
  Sniffer(boolean keepUnknown, int largest) {
    this.keepUnknown = keepUnknown;
    this.largest = largest;
  }

  /** Returns the files worth a closer look, in the given order; never throws on strange files. */
  List<Sniffed> sniff(List<OpenedFile> files) {
    List<Sniffed> sniffed = new ArrayList<>();
    Map<Path, Long> firstOpened = new LinkedHashMap<>();
    for (OpenedFile file : files) {
      firstOpened.merge(StablePath.of(file.path()), file.openedAtMillis(), Math::min);
    }
    for (Map.Entry<Path, Long> file : firstOpened.entrySet()) {
      if (budget > 0) {
        Sniffed result = sniff(file.getKey(), file.getValue());
        if (result != null) {
          sniffed.add(result);
        }
      }
    }
    return sniffed;
  }

  /**
   * Returns whether a file was missing or had changed since it was opened, so that another look may
   * find more.
   */
  boolean isUnsettled() {
    return unsettled;
  }

  private @Nullable Sniffed sniff(Path path, long firstOpenedAtMillis) {
    try {
      if (isKernels(path) || !Files.isRegularFile(path)) {
        unsettled |= Files.notExists(path);
        return null;
      }
      // Before the content: a change in between then counts twice rather than never.
      boolean changed = FileChange.lastMillis(path) >= firstOpenedAtMillis - CLOCK_SLACK_MILLIS;
      unsettled |= changed;
      long size = Files.size(path);
      if (size == 0 || size > largest || !promising(path)) {
        return null;
      }
      byte[] content = FileBytes.read(path, largest);
      budget -= content.length;
      Format format = Format.of(content);
      if (format.isPemOrDer()) {
        return Sniffed.pem(path, format, content, changed);
      }
      return format.isKeyStore() || (keepUnknown && !isText(content, content.length))
          ? Sniffed.keyStore(path, format, content, changed)
          : null;
    } catch (IOException | MaterialException | RuntimeException e) {
      // Gone, forbidden, damaged, or stranger still: not what the server was started with.
      return null;
    }
  }

  private boolean promising(Path path) throws IOException {
    byte[] head = new byte[HEAD];
    int length = 0;
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(head);
          count > 0 && length < HEAD;
          count = in.read(head, length, HEAD - length)) {
        length += count;
      }
    }
    budget -= length;
    return isText(head, length)
        || Format.of(Arrays.copyOf(head, length)) != Format.UNKNOWN
        || (keepUnknown && !isCode(head, length));
  }

  private static boolean isKernels(Path path) {
    return path.startsWith("/proc") || path.startsWith("/sys") || path.startsWith("/dev");
  }

  private static boolean isText(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return true;
  }

  /** Jars, classes and native libraries: what a JVM opens most. */
  private static boolean isCode(byte[] head, int length) {
    if (length < 4) {
      return false;
    }
    int magic =
        (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | (head[3] & 0xff);
    return magic == 0x504B0304 || magic == 0xCAFEBABE || magic == 0x7F454C46;
  }
}
