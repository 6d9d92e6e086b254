package dev.hitless.follow;

import dev.hitless.material.MaterialException;
import dev.hitless.material.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where trusted certificates were read from. Immutable and thread-safe. Never prints a password.
 */
public interface TrustOrigin extends Origin<Trust> {
  /** Above the largest bundle of which a JVM builds trust managers in reasonable time. */
  int LIMIT = 32 << 20;

  /**
   * Returns whether the format itself tells a whole file from one that is being written: a keystore
   * does, while the first half of a PEM bundle is a PEM bundle.
   */
  boolean tellsWhole();

  @Override
  default List<byte[]> read() throws MaterialException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(FileBytes.read(file, LIMIT));
    }
    return contents;
  }
}
