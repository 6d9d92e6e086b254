package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where identities were read from: files, format, passwords. It can be read and parsed again at any
 * time.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public interface Origin {
  /** Returns the files, their format, and what opens them. */
  Location location();

  /** Returns the absolute, unresolved paths (symbolic links kept) that are read; never empty. */
  default List<Path> files() {
    return location().files();
  }

  /**
   * Reads the bytes of every file.
   *
   * @throws MaterialException with {@code UNREADABLE} if one is missing or may not be read
   */
  default List<byte[]> read() throws MaterialException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(FileBytes.read(file, FileBytes.LIMIT));
    }
    return contents;
  }

  /**
   * Parses what {@link #read} returned.
   *
   * @throws MaterialException if it holds no usable identity; says why
   */
  default Contents parse(List<byte[]> bytes) throws MaterialException {
    return new Contents(Fingerprint.ofBytes(bytes.toArray(new byte[0][])), location().parse(bytes));
  }

  /** Returns one line for logs and the status: format and paths, no secrets. */
  default String describe() {
    return location().toString();
  }
}
