package dev.hitless.it.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that ends sessions when it is touched. */
final class EndFile {
  private EndFile() {}

  /** Puts it there at once: one that is seen empty, and then written, would end sessions twice. */
  static void touch(Path file) throws IOException {
    Path beside = Files.createTempFile(file.getParent(), "end-sessions", ".new");
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
