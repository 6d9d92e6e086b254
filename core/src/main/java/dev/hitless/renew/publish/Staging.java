package dev.hitless.renew.publish;

import dev.hitless.material.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes both versions of every file beside the targets, and decides. Until the last rename of
 * {@link #decide} nothing of it counts. Used by one thread.
 */
final class Staging {
  private final Disk disk;
  private final Consumer<String> notes;
  private final String id;

  /** The other directories first, the home last. */
  private final List<Folder> folders = new ArrayList<>();

  private final List<Item> items = new ArrayList<>();

  Staging(Disk disk, Consumer<String> notes, String id) {
    this.disk = disk;
    this.notes = notes;
    this.id = id;
  }

  /** Writes the versions, and waits until they would survive a power cut. */
  void write(Snapshot before, List<byte[]> after) throws IOException {
    List<Path> directories = changedDirectories(before, after);
    Path home = directories.get(0);
    List<String> others = new ArrayList<>();
    for (Path other : directories.subList(1, directories.size())) {
      others.add(home.relativize(other).toString());
      folders.add(new Folder(disk, other));
    }
    folders.add(new Folder(disk, home));
    // The home first: its manifest says where else leftovers of a crash lie.
    for (Path directory : directories) {
      boolean isHome = directory.equals(home);
      List<Manifest.Entry> entries = entries(directory, before, after);
      write(
          new Folder(disk, directory),
          new Manifest(
              id,
              isHome ? "" : directory.relativize(home).toString(),
              isHome ? others : new ArrayList<>(),
              entries),
          before,
          after);
      if (isHome && !others.isEmpty()) {
        disk.forceDirectory(new Folder(disk, home).path());
      }
    }
  }

  /** Makes the publication irrevocable, but for {@link Transaction#rollBack}. */
  Transaction decide() throws IOException {
    Transaction decided = new Transaction(disk, notes, id, folders, items);
    try {
      for (Folder folder : folders) {
        folder.move(id, Folder.STAGING, Folder.JOURNAL);
      }
      return decided;
    } catch (IOException e) {
      if (isDecided()) {
        // Others may have seen it, and begun to help; but it might not survive a power cut.
        decided.rollBack();
      }
      throw e;
    }
  }

  private boolean isDecided() {
    Folder home = folders.get(folders.size() - 1);
    return disk.kind(home.at(Folder.JOURNAL, id)) != Disk.Kind.MISSING;
  }

  /**
   * Deletes what was written, as far as the disk lets it; what is left is deleted by the next one.
   *
   * @return the cause, for the caller to throw
   */
  <E extends Throwable> E abandon(E cause) {
    if (folders.isEmpty() || isDecided()) {
      // Nothing was written, or it is for a repair now.
      return cause;
    }
    for (Folder folder : folders) {
      try {
        folder.move(id, Folder.JOURNAL, Folder.TRASH);
        folder.move(id, Folder.STAGING, Folder.TRASH);
        folder.delete(Folder.TRASH, id);
      } catch (IOException | RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
    return cause;
  }

  /**
   * Deletes what an earlier publication of this home has left before it was decided.
   *
   * @param names what was in the home's folder since its lock is held
   */
  static void deleteLeftovers(Disk disk, Transactions transactions, Folder home, List<String> names)
      throws IOException {
    for (String id : Folder.ids(names, Folder.STAGING)) {
      Manifest manifest = transactions.manifest(home.at(Folder.STAGING, id));
      if (manifest != null) {
        for (String path : manifest.others) {
          Folder other = new Folder(disk, home.directory().resolve(path).normalize());
          other.delete(Folder.STAGING, id);
          other.delete(Folder.JOURNAL, id);
        }
      }
      home.delete(Folder.STAGING, id);
    }
    for (String id : Folder.ids(names, Folder.TRASH)) {
      home.delete(Folder.TRASH, id);
    }
  }

  private void write(Folder folder, Manifest manifest, Snapshot before, List<byte[]> after)
      throws IOException {
    Path staging = folder.at(Folder.STAGING, id);
    folder.create();
    disk.createDirectory(staging);
    put(staging.resolve(Transactions.MANIFEST), manifest.encode());
    for (Manifest.Entry entry : manifest.entries) {
      int index = before.places.files().indexOf(folder.directory().resolve(entry.name));
      Item staged = new Item(disk, folder.directory(), staging, entry);
      put(staged.before(), before.contents.get(index), staged.target);
      put(staged.after(), after.get(index), staged.target);
      items.add(new Item(disk, folder.directory(), folder.at(Folder.JOURNAL, id), entry));
    }
    disk.forceDirectory(staging);
  }

  private void put(Path file, byte[] content) throws IOException {
    disk.create(file, content);
    disk.force(file);
  }

  private void put(Path file, byte[] content, Path like) throws IOException {
    disk.create(file, content);
    disk.copyAttributes(like, file, notes);
    disk.force(file);
  }

  private static List<Path> changedDirectories(Snapshot before, List<byte[]> after) {
    List<Path> directories = new ArrayList<>();
    for (Path directory : before.places.directories()) {
      if (!entries(directory, before, after).isEmpty()) {
        directories.add(directory);
      }
    }
    return directories;
  }

  private static List<Manifest.Entry> entries(Path directory, Snapshot before, List<byte[]> after) {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      Path file = before.places.files().get(i);
      byte[] old = before.contents.get(i);
      if (file.resolveSibling("").equals(directory)
          && !Arrays.equals(old, after.get(i))
          && before.places.files().indexOf(file) == i) {
        entries.add(
            new Manifest.Entry(
                String.valueOf(file.getFileName()),
                Fingerprint.ofBytes(old),
                Fingerprint.ofBytes(after.get(i))));
      }
    }
    return entries;
  }
}
