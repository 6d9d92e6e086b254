package dev.hitless.renew.publish;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Format;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is still known where a journal cannot be read: the versions before lie beside it under their
 * own names, and were complete before it was decided. The version after is unknown, so whatever
 * else is in place counts as written by others: it stays if it can be used.
 */
final class Damaged {
  private static final Fingerprint UNKNOWN = Fingerprint.ofBytes(new byte[0]);

  private Damaged() {}

  static List<Item> items(Disk disk, Folder folder, String id) throws IOException {
    Path journal = folder.at(Folder.JOURNAL, id);
    List<Item> items = new ArrayList<>();
    for (String name : disk.list(journal)) {
      Path old = journal.resolve(name);
      if (!Item.isOld(name) || disk.kind(old) != Disk.Kind.FILE) {
        continue;
      }
      try {
        byte[] before = disk.read(old);
        if (Format.of(before) != Format.UNKNOWN) {
          Fingerprint known = Fingerprint.ofBytes(before);
          Manifest.Entry entry = new Manifest.Entry(Item.nameOfOld(name), known, UNKNOWN);
          items.add(new Item(disk, folder.directory(), journal, entry));
        }
      } catch (NoSuchFileException e) {
        // Another process has just brought it to its end.
      }
    }
    return items;
  }
}
