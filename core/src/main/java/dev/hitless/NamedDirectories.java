package dev.hitless;

import dev.hitless.config.StartupFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a directory that the program was given: it may have read its key there before any
 * opening of files could be seen. No other directory is looked at, not even the one it was started
 * in: a file that nobody named and nobody was seen opening may belong to something else.
 */
final class NamedDirectories {
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_FILES = 64;

  private NamedDirectories() {}

  /**
   * Returns the files that are named like key material, of each directory up to {@value
   * #MOST_FILES} of the first {@value #MOST_ENTRIES}. Reads directories, and never throws because
   * of what it finds.
   *
   * @param named what the command line names, absolute
   */
  static Set<Path> keyMaterial(Collection<Path> named) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(keyMaterial(path));
      }
    }
    files.removeAll(named);
    return files;
  }

  private static List<Path> keyMaterial(Path directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      Iterator<Path> entry = entries.iterator();
      for (int i = 0; i < MOST_ENTRIES && found.size() < MOST_FILES && entry.hasNext(); i++) {
        Path path = entry.next();
        @Nullable Path name = path.getFileName();
        if (name != null && StartupFiles.isNamedLikeKeyMaterial(name.toString())) {
          found.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException | SecurityException e) {
      return found; // not there, or closed to this process, which read no key there either
    }
    return found;
  }
}
