package dev.hitless.follow;

import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where identities were read from: files, format, passwords. It can be read and parsed again at any
 * time.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public interface Origin {
  /** Returns the absolute, unresolved paths (symbolic links kept) that are read; never empty. */
  List<Path> files();

  /**
   * Reads the bytes of every file.
   *
   * @throws MaterialException with {@code UNREADABLE} if one is missing or may not be read
   */
  List<byte[]> read() throws MaterialException;

  /**
   * Parses what {@link #read} returned.
   *
   * @throws MaterialException if it holds no usable identity; says why
   */
  Contents parse(List<byte[]> bytes) throws MaterialException;

  /** Returns one line for logs and the status: format and paths, no secrets. */
  String describe();
}
