package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells without reading a file whether it is still the one that was read: which file it is,
 * its length, and when it was changed, where possible by the time that nobody can set.
 *
 * <p>Immutable and thread-safe.
 */
public final class FileStamp {
  /** The coarsest clock of a file system; within it two changes look like one. */
  private static final Duration TICK = Duration.ofSeconds(2);

  private final @Nullable Object file;
  private final long length;
  private final Instant changed;

  private FileStamp(@Nullable Object file, long length, Instant changed) {
    this.file = file;
    this.length = length;
    this.changed = changed;
  }

  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    FileTime changed =
        file.getFileSystem().supportedFileAttributeViews().contains("unix")
            ? (FileTime) Files.getAttribute(file, "unix:ctime")
            : found.lastModifiedTime();
    return new FileStamp(found.fileKey(), found.size(), changed.toInstant());
  }

  /**
   * Returns whether what was read at a moment is still there.
   *
   * @param earlier taken before reading
   * @param read when that was
   */
  public boolean isSince(FileStamp earlier, Instant read) {
    return file != null
        && file.equals(earlier.file)
        && length == earlier.length
        && changed.equals(earlier.changed)
        && changed.plus(TICK).isBefore(read);
  }
}
