package dev.hitless.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * When a file last changed: written, renamed into place, or its symbolic link pointed elsewhere.
 */
public final class FileChange {
  private FileChange() {}

  /**
   * Returns the latest sign of a change, in milliseconds since 1970; {@link Long#MIN_VALUE} if the
   * file is gone or may not be looked at.
   *
   * <p>A renamed file keeps its modification time; only the change time of Unix tells.
   */
  public static long lastMillis(Path file) {
    return Math.max(millis(file), millis(file, LinkOption.NOFOLLOW_LINKS));
  }

  private static long millis(Path file, LinkOption... options) {
    long latest = Long.MIN_VALUE;
    try {
      latest = Files.getLastModifiedTime(file, options).toMillis();
      Object changed = Files.getAttribute(file, "unix:ctime", options);
      if (changed instanceof FileTime) {
        latest = Math.max(latest, ((FileTime) changed).toMillis());
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Gone, or not a Unix file system: the modification time has to do.
      return latest;
    }
    return latest;
  }
}
