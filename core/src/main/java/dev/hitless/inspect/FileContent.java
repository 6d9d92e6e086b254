package dev.hitless.inspect;

import dev.hitless.material.Format;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was read: its bytes, its format by content, and who may do what with it.
 *
 * <p>Immutable and thread-safe; prints its path alone.
 */
public final class FileContent {
  private static final int LIMIT = 16 << 20;

  private final Path path;
  private final byte[] bytes;
  private final Format format;
  private final Set<PosixFilePermission> mode;

  private FileContent(Path path, byte[] bytes, Set<PosixFilePermission> mode) {
    this.path = path;
    this.bytes = bytes;
    this.format = Format.of(bytes);
    this.mode = mode;
  }

  /**
   * Reads a regular file of at most 16 MiB.
   *
   * @throws MaterialException with {@code UNREADABLE}, saying why
   */
  public static FileContent read(Path path) throws MaterialException {
    try {
      if (!Files.isRegularFile(path)) {
        throw unreadable(Files.exists(path) ? "is not a regular file" : "does not exist", null);
      }
      try (InputStream in = Files.newInputStream(path)) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          all.write(buffer, 0, count);
          if (all.size() > LIMIT) {
            throw unreadable("is too large to hold keys (more than 16 MiB)", null);
          }
        }
        return new FileContent(path, all.toByteArray(), mode(path));
      }
    } catch (AccessDeniedException e) {
      throw unreadable("may not be read by this user", e);
    } catch (IOException e) {
      throw unreadable("cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static MaterialException unreadable(String why, @Nullable Throwable cause) {
    return new MaterialException(Reason.UNREADABLE, why, cause);
  }

  private static Set<PosixFilePermission> mode(Path path) {
    try {
      return Files.getPosixFilePermissions(path);
    } catch (IOException | UnsupportedOperationException e) {
      return Collections.emptySet();
    }
  }

  /** Returns the path as it was given. */
  public Path path() {
    return path;
  }

  /** Returns the format, told from the content. */
  public Format format() {
    return format;
  }

  /** Returns the bytes themselves, not a copy: change nothing in them. */
  public byte[] bytes() {
    return bytes;
  }

  boolean othersMayRead() {
    return mode.contains(PosixFilePermission.OTHERS_READ);
  }

  boolean othersMayWrite() {
    return mode.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Returns the mode as {@code ls} writes it, such as {@code rw-r--r--}. */
  String modeText() {
    return PosixFilePermissions.toString(mode);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
