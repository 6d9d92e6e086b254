package dev.hitless.renew.publish;

import dev.hitless.material.Location;
import dev.hitless.renew.publish.PublicationException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Where the files of a location really lie, once it is known that a rename can replace them there.
 * Immutable.
 */
final class Places {
  /** Leaves room for a prefix where names have 255 bytes. */
  private static final int LONGEST_NAME = 200;

  private final List<Path> files;

  private Places(List<Path> files) {
    this.files = Collections.unmodifiableList(files);
  }

  /** Returns the files in the order of the location, with every symbolic link above resolved. */
  List<Path> files() {
    return files;
  }

  /** Returns their directories; the first is the home, whichever order the files are given in. */
  List<Path> directories() {
    TreeSet<Path> directories = new TreeSet<>();
    for (Path file : files) {
      directories.add(file.resolveSibling(""));
    }
    return new ArrayList<>(directories);
  }

  static Places of(Disk disk, Location location) throws PublicationException {
    List<Path> files = new ArrayList<>();
    for (Path file : location.files()) {
      Path name = file.getFileName();
      if (name == null || name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw refused(file, "has no name that a copy could have");
      }
      files.add(directory(disk, file).resolve(name.toString()));
    }
    Places places = new Places(files);
    for (Path file : files) {
      checkFile(disk, file);
    }
    for (Path directory : places.directories()) {
      checkDirectory(disk, directory);
    }
    return places;
  }

  private static Path directory(Disk disk, Path file) throws PublicationException {
    Path parent = file.normalize().resolveSibling("");
    Path real;
    try {
      real = disk.realPath(parent);
    } catch (IOException e) {
      throw refused(file, "lies in a directory that cannot be entered (" + e + ")");
    }
    if (isSwapped(parent) || isSwapped(real)) {
      throw refused(
          file,
          "lies in a volume that Kubernetes replaces as a whole (..data); renew the secret that it"
              + " is made of, hitless then follows it");
    }
    return real;
  }

  private static boolean isSwapped(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith("..") && name.toString().length() > 2) {
        return true;
      }
    }
    return false;
  }

  private static void checkFile(Disk disk, Path file) throws PublicationException {
    switch (disk.kind(file)) {
      case FILE:
        break;
      case LINK:
        throw refused(
            file,
            "is a symbolic link, and whoever keeps the link (Kubernetes, certbot) would lose track"
                + " of a file written in its place; renew there, or give the server plain files");
      case MISSING:
        throw refused(file, "does not exist, or may not be seen");
      default:
        throw refused(file, "is not a regular file");
    }
    if (disk.isMountPoint(file)) {
      throw refused(
          file,
          "is mounted by itself (a bind mount of one file), so it cannot be replaced; mount its"
              + " directory instead");
    }
    String unportable = disk.unportable(file);
    if (!unportable.isEmpty()) {
      throw refused(file, "cannot be replaced by a file of the same access rights: " + unportable);
    }
  }

  private static void checkDirectory(Disk disk, Path directory) throws PublicationException {
    if (!disk.isWritable(directory)) {
      throw refused(
          directory,
          "may not be written by this process (its user, a read-only mount); new files are made"
              + " there and renamed");
    }
    Path folder = directory.resolve(Folder.NAME);
    Disk.Kind kind = disk.kind(folder);
    boolean usable =
        kind == Disk.Kind.MISSING || (kind == Disk.Kind.DIRECTORY && disk.isWritable(folder));
    if (!usable) {
      throw refused(
          folder,
          kind == Disk.Kind.DIRECTORY
              ? "may not be written by this process; give it to the user that the server runs as"
              : "is in the way of the folder that hitless needs there; move it away");
    }
  }

  private static PublicationException refused(Path path, String why) {
    return new PublicationException(
        Reason.REFUSED, path + " " + why + ". Nothing was changed.", null);
  }
}
