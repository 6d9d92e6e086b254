package dev.hitless.follow;

import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something that rotates was read from. It can be read and parsed again at any time.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 *
 * @param <M> what the files hold: identities by alias, or a trust; an immutable value
 */
public interface Origin<M> {
  /** Returns the absolute, unresolved paths (symbolic links kept) that are read; never empty. */
  List<Path> files();

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
   * @throws MaterialException if it holds nothing that could be served; says why
   */
  M load(List<byte[]> bytes) throws MaterialException;

  /** Returns one line for logs and the status: format and paths, no secrets. */
  String describe();
}
