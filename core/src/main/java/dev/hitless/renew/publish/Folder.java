package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The hidden folder beside the files, which only its owner may enter. Below it there is one folder
 * for each publication, named after the state that this one is in: renaming it is the transition.
 */
final class Folder {
  static final String NAME = ".hitless";

  /** Being written; forgotten if the process ends here. */
  static final String STAGING = "staging-";

  /** Decided; to be completed by whoever finds it. */
  static final String JOURNAL = "journal-";

  /** Done; holds the version before. */
  static final String FORMER = "former-";

  /** Undone or of no use; anyone may delete it. */
  static final String TRASH = "trash-";

  private final Disk disk;
  private final Path directory;
  private final Path path;

  /**
   * Creates a handle; nothing is touched.
   *
   * @param directory without symbolic links
   */
  Folder(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
    this.path = directory.resolve(NAME);
  }

  Path directory() {
    return directory;
  }

  Path path() {
    return path;
  }

  Path at(String state, String id) {
    return path.resolve(state + id);
  }

  /** Makes it, and sees that it survives a power cut. */
  void create() throws IOException {
    boolean isNew = disk.kind(path) == Disk.Kind.MISSING;
    disk.createDirectory(path);
    if (isNew) {
      disk.forceDirectory(directory);
    }
  }

  /** Returns the names of all that is in it. */
  List<String> names() throws IOException {
    return disk.list(path);
  }

  /**
   * Returns, of the names in a folder, the ids of what is in a state, oldest first; what is not
   * ours is left alone.
   */
  static List<String> ids(List<String> names, String state) {
    List<String> ids = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(state) && Ids.isOne(name.substring(state.length()))) {
        ids.add(name.substring(state.length()));
      }
    }
    Collections.sort(ids);
    return ids;
  }

  /** Goes from one state to the next; nothing happens if somebody else has done so. */
  void move(String id, String from, String to) throws IOException {
    try {
      disk.rename(at(from, id), at(to, id));
    } catch (NoSuchFileException e) {
      return;
    } catch (FileSystemException e) {
      if (disk.kind(at(from, id)) != Disk.Kind.MISSING) {
        throw e;
      }
    }
    disk.forceDirectory(path);
  }

  /** Deletes what a publication has left in a state. */
  void delete(String state, String id) throws IOException {
    Path folder = at(state, id);
    for (String name : disk.list(folder)) {
      disk.delete(folder.resolve(name));
    }
    disk.delete(folder);
  }
}
