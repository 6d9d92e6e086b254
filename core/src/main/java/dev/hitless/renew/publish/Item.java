package dev.hitless.renew.publish;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Format;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One file of a transaction: where it is, and where its two versions wait. */
final class Item {
  /** What is in the file's place. */
  enum State {
    /** The version before. */
    BEFORE,
    /** The version after. */
    AFTER,
    /** Something else, written by somebody else. */
    OTHER,
    /** Nothing. */
    MISSING
  }

  private static final String OLD = "old.";
  private static final String NEW = "new.";

  private final Disk disk;
  private final Path folder;
  private final Manifest.Entry entry;
  final Path target;

  Item(Disk disk, Path directory, Path folder, Manifest.Entry entry) {
    this.disk = disk;
    this.folder = folder;
    this.entry = entry;
    this.target = directory.resolve(entry.name);
  }

  static boolean isOld(String name) {
    return name.startsWith(OLD);
  }

  static String nameOfOld(String name) {
    return name.substring(OLD.length());
  }

  Path before() {
    return folder.resolve(OLD + entry.name);
  }

  Path after() {
    return folder.resolve(NEW + entry.name);
  }

  /** A name beside the two versions, for something that is about this file. */
  Path beside(String prefix, String suffix) {
    return folder.resolve(prefix + entry.name + suffix);
  }

  State state() throws IOException {
    Fingerprint now = fingerprint(target);
    if (now == null) {
      return State.MISSING;
    }
    if (now.equals(entry.after)) {
      return State.AFTER;
    }
    return now.equals(entry.before) ? State.BEFORE : State.OTHER;
  }

  boolean holdsAfter() throws IOException {
    return entry.after.equals(fingerprint(after()));
  }

  boolean holdsBefore() throws IOException {
    return entry.before.equals(fingerprint(before()));
  }

  /** Whether the file, as it is, looks as if somebody wrote it on purpose and to the end. */
  boolean isWhole() throws IOException {
    byte[] content = disk.read(target);
    Format format = Format.of(content);
    if (!format.isPemOrDer()) {
      return format.isKeyStore();
    }
    try {
      return PemReader.holdsKey(content) || !PemReader.certificates(content).isEmpty();
    } catch (MaterialException e) {
      return false;
    }
  }

  private @Nullable Fingerprint fingerprint(Path file) throws IOException {
    // A link in the place of a copy of ours would lead to a file that is none.
    if (disk.kind(file) != Disk.Kind.FILE && !file.equals(target)) {
      return null;
    }
    try {
      return Fingerprint.ofBytes(disk.read(file));
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
