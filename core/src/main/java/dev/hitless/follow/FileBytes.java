package dev.hitless.follow;

import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole files, up to a limit, and only regular ones: opening a named pipe would block for
 * ever, and reading it would take from another reader.
 */
final class FileBytes {
  /** Far above any keystore that a server has; guards the heap against a path to the wrong file. */
  static final int LIMIT = 4 << 20;

  private FileBytes() {}

  /**
   * Reads a file.
   *
   * @throws MaterialException with {@code UNREADABLE}, naming the file and the cause
   */
  static byte[] read(Path file, int limit) throws MaterialException {
    try {
      if (!Files.isRegularFile(file)) {
        throw unreadable(
            file, Files.exists(file) ? "is not a regular file" : "does not exist", null);
      }
      try (InputStream in = Files.newInputStream(file)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          if (bytes.size() + count > limit) {
            throw unreadable(file, "is larger than " + limit + " bytes", null);
          }
          bytes.write(buffer, 0, count);
        }
        return bytes.toByteArray();
      }
    } catch (NoSuchFileException e) {
      throw unreadable(file, "does not exist", e);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "may not be read", e);
    } catch (IOException | SecurityException e) {
      throw unreadable(file, "cannot be read: " + e, e);
    }
  }

  private static MaterialException unreadable(Path file, String why, @Nullable Throwable cause) {
    return new MaterialException(Reason.UNREADABLE, file + " " + why, cause);
  }
}
