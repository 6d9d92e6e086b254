package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The former versions that are kept beside the files. Used by one thread at a time. */
final class Former {
  private static final int MOST_REMEMBERED = 10_000;

  private final Disk disk;
  private final Transactions transactions;
  private final int keep;

  /**
   * Manifests by directory and id. What is kept does not change: a directory of many files would be
   * read whole each time.
   */
  private final Map<Path, Map<String, Manifest>> manifests = new HashMap<>();

  private int remembered;

  /** Names by directory; listing a folder of thousands takes longer than writing into it. */
  private final Map<Path, List<String>> listed = new HashMap<>();

  Former(Disk disk, Transactions transactions, int keep) {
    if (keep < 0) {
      throw new IllegalArgumentException("fewer than no versions cannot be kept: " + keep);
    }
    this.disk = disk;
    this.transactions = transactions;
    this.keep = keep;
  }

  /** To be called as a publication begins, and once its folders are no longer as they were. */
  void forgetNames() {
    listed.clear();
  }

  /** Returns the id that sorts last; empty if there is none, or none can be seen. */
  String latest(Places places) {
    String latest = "";
    for (Path directory : places.directories()) {
      try {
        for (String name : names(directory)) {
          if (name.startsWith(Folder.FORMER)) {
            String id = name.substring(Folder.FORMER.length());
            latest = Ids.isOne(id) && id.compareTo(latest) > 0 ? id : latest;
          }
        }
      } catch (IOException e) {
        // Its order is no reason not to renew.
      }
    }
    return latest;
  }

  /**
   * Returns what was in a directory's folder when it was looked at first, once for all of a
   * publication.
   *
   * @throws IOException if it has not been looked at, and cannot be
   */
  List<String> names(Path directory) throws IOException {
    List<String> names = listed.get(directory);
    if (names == null) {
      names = new Folder(disk, directory).names();
      listed.put(directory, names);
    }
    return names;
  }

  /**
   * Deletes the oldest versions of these files, beyond those that are kept.
   *
   * @param decided what was published just now
   */
  void prune(Places places, String decided) throws IOException {
    for (Path directory : places.directories()) {
      Folder folder = new Folder(disk, directory);
      Set<String> ours = new HashSet<>();
      for (Path file : places.files()) {
        if (directory.equals(file.getParent())) {
          ours.add(String.valueOf(file.getFileName()));
        }
      }
      Map<String, Manifest> known = manifests.computeIfAbsent(directory, any -> new HashMap<>());
      Set<String> ids = new TreeSet<>();
      addIfOurs(folder, decided, known, ours, ids);
      for (String name : names(directory)) {
        if (name.startsWith(Folder.FORMER)) {
          addIfOurs(folder, name.substring(Folder.FORMER.length()), known, ours, ids);
        }
      }
      List<String> all = new ArrayList<>(ids);
      for (String id : all.subList(0, Math.max(0, all.size() - keep))) {
        remembered -= known.remove(id) == null ? 0 : 1;
        folder.move(id, Folder.FORMER, Folder.TRASH);
        folder.delete(Folder.TRASH, id);
      }
    }
    listed.clear();
    if (remembered > MOST_REMEMBERED) {
      manifests.clear();
      remembered = 0;
    }
  }

  /** Adds the id of a former version if it is one of these files alone. */
  private void addIfOurs(
      Folder folder, String id, Map<String, Manifest> known, Set<String> ours, Set<String> ids)
      throws IOException {
    Manifest manifest = known.get(id);
    if (manifest == null && Ids.isOne(id)) {
      manifest = transactions.manifest(folder.at(Folder.FORMER, id));
      if (manifest != null) {
        known.put(id, manifest);
        remembered++;
      }
    }
    if (manifest == null) {
      return;
    }
    for (Manifest.Entry entry : manifest.entries) {
      if (!ours.contains(entry.name)) {
        return;
      }
    }
    ids.add(id);
  }
}
