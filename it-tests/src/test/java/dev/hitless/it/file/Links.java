package dev.hitless.it.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What the ways that work with symbolic links have in common. */
final class Links {

  private Links() {}

  /**
   * Writes the files into a new folder inside {@code folder}, named as the kubelet names its own.
   */
  static Path newVersion(Path folder, Map<String, byte[]> files) throws IOException {
    Path version = Files.createTempDirectory(folder, "..2026_01_01_");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(version.resolve(file.getKey()), file.getValue());
    }
    return version;
  }

  /** Makes or swaps a link so that no reader finds it missing. */
  static void pointTo(Path link, Path target) throws IOException {
    Path temp = link.resolveSibling(link.getFileName() + "_tmp");
    Files.createSymbolicLink(temp, target);
    moveOver(temp, link);
  }

  static void moveOver(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
