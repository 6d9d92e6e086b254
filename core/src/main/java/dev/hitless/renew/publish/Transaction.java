package dev.hitless.renew.publish;

import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A decided publication, brought to its end: forward, unless a mark says backward.
 *
 * <p>Each step may be done by several processes at once, and again after a crash: a new version is
 * moved into its place, so only one of them does it; an old version is written again with the same
 * bytes; and all of it lies in a folder with the publication's own name, so that one who comes late
 * finds nothing to move. Used by one thread.
 */
final class Transaction {
  /** In the home's folder: backward, whatever was begun. */
  static final String UNDO = "undo";

  private final Disk disk;
  private final Consumer<String> notes;
  private final String id;

  /** The other directories first; the home, which decides, last. */
  private final List<Folder> folders;

  private final List<Item> items;

  Transaction(
      Disk disk, Consumer<String> notes, String id, List<Folder> folders, List<Item> items) {
    this.disk = disk;
    this.notes = notes;
    this.id = id;
    this.folders = folders;
    this.items = items;
  }

  /** Returns its name. */
  String id() {
    return id;
  }

  /**
   * Brings every file to one version, and lets the names survive a power cut.
   *
   * @return whether it is the new version, or one that somebody else wrote since; false if it is
   *     the one before, and the transaction is over
   * @throws IOException if the disk fails; to be called again then
   */
  boolean complete() throws IOException {
    if (disk.kind(home().resolve(UNDO)) != Disk.Kind.MISSING) {
      rollBack();
      return false;
    }
    if (!writtenByOthers()) {
      if (!isRedoable()) {
        rollBack();
        return false;
      }
      for (Item item : items) {
        forward(item);
      }
    }
    forceTargets();
    return true;
  }

  /** Lets the version before become a former one: the end of a publication. */
  void finish() throws IOException {
    for (Item item : items) {
      disk.delete(item.after());
    }
    for (Folder folder : folders) {
      folder.move(id, Folder.JOURNAL, Folder.FORMER);
    }
  }

  /** Puts the version before in place again; the end of a publication that failed. */
  void rollBack() throws IOException {
    mark();
    for (Item item : items) {
      disk.delete(item.after());
    }
    if (!writtenByOthers()) {
      for (Item item : items) {
        backward(item);
      }
    }
    forceTargets();
    for (Folder folder : folders) {
      folder.move(id, Folder.JOURNAL, Folder.TRASH);
      folder.delete(Folder.TRASH, id);
    }
  }

  /** Where its lock lies. */
  Folder homeFolder() {
    return folders.get(folders.size() - 1);
  }

  private Path home() {
    return homeFolder().at(Folder.JOURNAL, id);
  }

  private boolean isOver() {
    return disk.kind(home()) == Disk.Kind.MISSING;
  }

  private boolean isRedoable() throws IOException {
    for (Item item : items) {
      // The place is asked last: another process may have moved the new version there meanwhile.
      if (!item.holdsAfter() && item.state() != Item.State.AFTER && !isOver()) {
        return false;
      }
    }
    return true;
  }

  private void forward(Item item) throws IOException {
    if (item.state() == Item.State.AFTER) {
      return;
    }
    keepForeign(item);
    try {
      disk.rename(item.after(), item.target);
    } catch (NoSuchFileException e) {
      // Another process has moved it.
      return;
    }
  }

  private void mark() throws IOException {
    try {
      disk.create(home().resolve(UNDO), new byte[0]);
    } catch (FileAlreadyExistsException e) {
      // Begun before; whether the mark survives a power cut is not known.
    } catch (NoSuchFileException e) {
      return;
    }
    disk.forceDirectory(home());
  }

  private void backward(Item item) throws IOException {
    if (item.state() == Item.State.BEFORE) {
      return;
    }
    if (!item.holdsBefore()) {
      if (!isOver()) {
        notes.accept(
            item.target
                + " could not be put back: its copy in "
                + Folder.NAME
                + " is damaged. Put it back from a backup.");
      }
      return;
    }
    keepForeign(item);
    Path back = item.beside("back.", unique());
    try {
      disk.create(back, disk.read(item.before()));
      disk.copyAttributes(item.before(), back, notes);
      disk.force(back);
      disk.rename(back, item.target);
    } catch (NoSuchFileException e) {
      if (!isOver()) {
        throw e;
      }
    }
  }

  /** Whether what is in place was written by somebody else since, and can be used as it is. */
  private boolean writtenByOthers() throws IOException {
    List<byte[]> present = new ArrayList<>();
    int others = 0;
    for (Item item : items) {
      Item.State state = item.state();
      if (state == Item.State.MISSING || (state == Item.State.OTHER && !item.isWhole())) {
        return false;
      }
      others += state == Item.State.OTHER ? 1 : 0;
      present.add(disk.read(item.target));
    }
    if (others == 0 || others == items.size()) {
      return others > 0;
    }
    try {
      return !PemReader.read(present, Collections.emptyList()).isEmpty();
    } catch (MaterialException e) {
      return false;
    }
  }

  private void keepForeign(Item item) throws IOException {
    if (item.state() != Item.State.OTHER) {
      return;
    }
    Path kept = item.beside("kept.", unique());
    try {
      disk.create(kept, disk.read(item.target));
      disk.force(kept);
    } catch (NoSuchFileException e) {
      return;
    }
    notes.accept(
        item.target
            + " held something that fits neither version of an interrupted renewal; it is kept as "
            + kept);
  }

  private void forceTargets() throws IOException {
    Set<Path> directories = new LinkedHashSet<>();
    for (Item item : items) {
      directories.add(item.target.resolveSibling(""));
    }
    for (Path directory : directories) {
      disk.forceDirectory(directory);
    }
  }

  private static String unique() {
    return "-" + UUID.randomUUID();
  }
}
