package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds decided publications on disk. Stateless but for what it was made of; thread-safe. */
final class Transactions {
  static final String MANIFEST = "manifest";

  private final Disk disk;
  private final Consumer<String> notes;

  Transactions(Disk disk, Consumer<String> notes) {
    this.disk = disk;
    this.notes = notes;
  }

  /**
   * Brings every decided publication that a directory takes part in to its end. One whose process
   * may be alive is helped along without a word: it was read in the middle.
   *
   * @param directory without symbolic links
   * @param names what is in the folder beside its files
   * @return whether there was one
   * @throws IOException if the disk fails; to be called again then
   */
  boolean completeAll(Path directory, List<String> names) throws IOException {
    Folder folder = new Folder(disk, directory);
    boolean any = false;
    for (String id : Folder.ids(names, Folder.JOURNAL)) {
      Transaction open = open(folder, id);
      if (open != null) {
        any = true;
        String outcome = "undone";
        if (open.complete()) {
          open.finish();
          outcome = "completed";
        }
        if (!RenewalLocks.mayBeHeld(open.homeFolder())) {
          notes.accept(
              "a renewal in " + directory + " was found unfinished, and is " + outcome + ".");
        }
      }
    }
    return any;
  }

  /** Reads a manifest; null if there is none or it is damaged. */
  @Nullable Manifest manifest(Path folder) throws IOException {
    if (disk.kind(folder.resolve(MANIFEST)) != Disk.Kind.FILE) {
      return null;
    }
    try {
      Manifest manifest = Manifest.decode(disk.read(folder.resolve(MANIFEST)));
      return manifest != null && folder.toString().endsWith(manifest.id) ? manifest : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns null if the publication is not decided, or over. */
  private @Nullable Transaction open(Folder folder, String id) throws IOException {
    Manifest own = manifest(folder.at(Folder.JOURNAL, id));
    Folder home = own == null || own.home.isEmpty() ? folder : sibling(folder, own.home);
    if (home == null) {
      return null;
    }
    if (disk.kind(home.at(Folder.JOURNAL, id)) == Disk.Kind.DIRECTORY) {
      return decided(home, id);
    }
    // The home ends last, unless its own journal was damaged: then the others follow it.
    return disk.kind(home.at(Folder.FORMER, id)) == Disk.Kind.DIRECTORY
        ? new Transaction(
            disk, notes, id, Collections.singletonList(folder), items(folder, own, id))
        : null;
  }

  private Transaction decided(Folder home, String id) throws IOException {
    Manifest decides = manifest(home.at(Folder.JOURNAL, id));
    List<Folder> folders = new ArrayList<>();
    // The home first: where its file is the old one, no other has been touched.
    List<Item> items = new ArrayList<>(items(home, decides, id));
    for (String path : decides == null ? Collections.<String>emptyList() : decides.others) {
      Folder other = sibling(home, path);
      // Believed only if it takes part itself: only who may write there could make it so.
      if (other != null && disk.kind(other.at(Folder.JOURNAL, id)) == Disk.Kind.DIRECTORY) {
        folders.add(other);
        items.addAll(items(other, manifest(other.at(Folder.JOURNAL, id)), id));
      }
    }
    folders.add(home);
    return new Transaction(disk, notes, id, folders, items);
  }

  private List<Item> items(Folder folder, @Nullable Manifest manifest, String id)
      throws IOException {
    Path journal = folder.at(Folder.JOURNAL, id);
    if (manifest == null) {
      if (disk.kind(journal) == Disk.Kind.MISSING) {
        return new ArrayList<>(); // another process has brought it to its end meanwhile
      }
      notes.accept(
          journal + " holds a journal that is damaged; what lies beside it decides instead.");
      return Damaged.items(disk, folder, id);
    }
    List<Item> items = new ArrayList<>();
    for (Manifest.Entry entry : manifest.entries) {
      items.add(new Item(disk, folder.directory(), journal, entry));
    }
    return items;
  }

  private @Nullable Folder sibling(Folder folder, String path) {
    try {
      return new Folder(disk, disk.realPath(folder.directory().resolve(path)));
    } catch (IOException | InvalidPathException e) {
      // A directory that is gone has nothing to complete.
      return null;
    }
  }
}
