package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The content of a lock file: the owner, a space, a number that grows, a line end. */
final class LockFile {
  private static final int LONGEST = 4096;

  private LockFile() {}

  static byte[] content(String owner, long beats) {
    return (owner + " " + beats + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.UTF_8);
  }
}
