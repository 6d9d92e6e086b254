package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The former versions that are kept beside the files. Used by one thread at a time. */
final class Former {
  private static final int MOST_REMEMBERED = 10_000;

  private final Disk disk;
  private final Transactions transactions;
  private final int keep;

  /** What is kept does not change: a directory of many files would be read whole each time. */
  private final Map<Path, Manifest> manifests =
      new LinkedHashMap<Path, Manifest>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Manifest> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

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

  /**
   * Looks into the folders, once for all of a publication.
   *
   * @return the id that sorts last; empty if there is none, or none can be seen
   */
  String latest(Places places) {
    String latest = "";
    listed.clear();
    for (Path directory : places.directories()) {
      try {
        for (String id : Folder.ids(names(directory), Folder.FORMER)) {
          latest = id.compareTo(latest) > 0 ? id : latest;
        }
      } catch (IOException e) {
        // Its order is no reason not to renew.
      }
    }
    return latest;
  }

  /**
   * Returns what was in a directory's folder as {@link #latest} looked.
   *
   * @throws IOException if it has to look again, and cannot
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
   * @param decided what was published since {@link #latest}
   */
  void prune(Places places, String decided) throws IOException {
    Set<Path> ours = new TreeSet<>(places.files());
    for (Path directory : places.directories()) {
      Folder folder = new Folder(disk, directory);
      List<String> ids = new ArrayList<>();
      Set<String> all = new TreeSet<>(Folder.ids(names(directory), Folder.FORMER));
      all.add(decided);
      for (String id : all) {
        Manifest manifest = manifest(folder.at(Folder.FORMER, id));
        if (manifest != null && isOf(manifest, directory, ours)) {
          ids.add(id);
        }
      }
      Collections.sort(ids);
      for (String id : ids.subList(0, Math.max(0, ids.size() - keep))) {
        manifests.remove(folder.at(Folder.FORMER, id));
        folder.move(id, Folder.FORMER, Folder.TRASH);
        folder.delete(Folder.TRASH, id);
      }
    }
    listed.clear();
  }

  private @Nullable Manifest manifest(Path version) throws IOException {
    Manifest known = manifests.get(version);
    if (known == null) {
      known = transactions.manifest(version);
      if (known != null) {
        manifests.put(version, known);
      }
    }
    return known;
  }

  private static boolean isOf(Manifest manifest, Path directory, Set<Path> files) {
    for (Manifest.Entry entry : manifest.entries) {
      if (!files.contains(directory.resolve(entry.name))) {
        return false;
      }
    }
    return true;
  }
}
