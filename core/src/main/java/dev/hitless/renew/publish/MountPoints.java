package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Which paths are mounted by themselves, as Linux tells; elsewhere none is known. */
final class MountPoints {
  private static final Path MOUNTS = Paths.get("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;

  private MountPoints() {}

  static boolean contains(Path path) {
    if (!Files.exists(MOUNTS)) {
      return false;
    }
    try {
      for (String line : Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(" ", MOUNT_POINT + 2);
        if (fields.length > MOUNT_POINT && unescape(fields[MOUNT_POINT]).equals(path.toString())) {
          return true;
        }
      }
    } catch (IOException | SecurityException e) {
      // The rename will tell.
      return false;
    }
    return false;
  }

  /** Undoes the octal escapes of proc(5), and the reading of UTF-8 as Latin-1. */
  private static String unescape(String field) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 4 <= field.length()) {
        bytes.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.append(field.charAt(i));
      }
    }
    return new String(
        bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
