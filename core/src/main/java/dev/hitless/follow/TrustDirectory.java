package dev.hitless.follow;

import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.material.Trust;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A directory whose PEM and DER files together hold the certificates that are trusted; a file that
 * comes or goes counts. Immutable and thread-safe.
 */
public final class TrustDirectory implements TrustOrigin {
  /** The endings that certificate files usually have. */
  public static final List<String> ENDINGS =
      Collections.unmodifiableList(Arrays.asList("pem", "crt", "cer", "cert", "der"));

  private final Path directory;
  private final Set<String> endings;

  /**
   * Creates an origin; nothing is read yet.
   *
   * @param directory made absolute, symbolic links kept
   * @param endings of the names of its files that count, in lower case, without the dot
   */
  public TrustDirectory(Path directory, Iterable<String> endings) {
    this.directory = directory.toAbsolutePath();
    this.endings = new TreeSet<>();
    endings.forEach(this.endings::add);
  }

  /** Returns what follows the last dot of a file's name, in lower case; empty if there is none. */
  static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private List<Path> list() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (counts(entry)) {
          files.add(entry);
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  /** Returns whether all that lies in the directory now, but for hidden files, counts. */
  boolean isAlone() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!isHidden(entry) && !counts(entry)) {
          return false;
        }
      }
      return true;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  private static boolean isHidden(Path entry) {
    return String.valueOf(entry.getFileName()).startsWith(".");
  }

  private boolean counts(Path entry) {
    return !isHidden(entry) && endings.contains(ending(entry)) && Files.isRegularFile(entry);
  }

  /** Returns the files that are in the directory now; the directory itself if there is none. */
  @Override
  public List<Path> files() {
    try {
      List<Path> files = list();
      return files.isEmpty() ? Collections.singletonList(directory) : files;
    } catch (IOException | RuntimeException e) {
      return Collections.singletonList(directory); // reading it will say why
    }
  }

  @Override
  public List<byte[]> read() throws MaterialException {
    List<byte[]> contents = new ArrayList<>();
    try {
      for (Path file : list()) {
        contents.add(FileBytes.read(file, LIMIT));
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new MaterialException(
          Reason.UNREADABLE, "directory " + directory + " cannot be read: " + e, e);
    }
    return contents;
  }

  @Override
  public boolean tellsWhole() {
    return false;
  }

  @Override
  public Trust load(List<byte[]> bytes) throws MaterialException {
    if (bytes.isEmpty()) {
      throw new MaterialException(
          Reason.NO_CERTIFICATE, this + " holds no file that ends with one of " + endings, null);
    }
    return Location.pem(Collections.singletonList(directory), Collections.emptyList())
        .parseTrust(bytes);
  }

  @Override
  public String describe() {
    return "directory " + directory;
  }

  @Override
  public String toString() {
    return describe();
  }
}
