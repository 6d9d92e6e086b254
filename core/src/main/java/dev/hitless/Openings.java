package dev.hitless;

import dev.hitless.follow.Hints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that the process had opened last at a moment: when a KeyStore was loaded, or when a
 * trust manager was made. Of several files of the same content, they tell which was read.
 *
 * <p>Immutable and thread-safe.
 */
final class Openings {
  private final List<Hints.OpenedFile> files;
  private final int fresh;
  private final long atMillis;
  private final @Nullable Openings loaded;

  /**
   * Creates them.
   *
   * @param files latest first, each path once
   * @param before those at the KeyStore's loading that came before; null if there was none
   * @param loaded those when the KeyStore of the trust manager was loaded; null if it was loaded
   *     from nothing, or nobody knows
   */
  Openings(
      List<Hints.OpenedFile> files,
      long atMillis,
      @Nullable Openings before,
      @Nullable Openings loaded) {
    this.files = Collections.unmodifiableList(new ArrayList<>(files));
    this.atMillis = atMillis;
    this.loaded = loaded;
    this.fresh = before == null || before.files.isEmpty() ? files.size() : newerThan(before);
  }

  /** Those of one millisecond may have come in any order: all but the last before count as new. */
  private int newerThan(Openings before) {
    Hints.OpenedFile last = before.files.get(0);
    for (int i = 0; i < files.size(); i++) {
      Hints.OpenedFile file = files.get(i);
      boolean same =
          file.openedAtMillis() == last.openedAtMillis() && file.path().equals(last.path());
      if (same || file.openedAtMillis() < last.openedAtMillis()) {
        return i;
      }
    }
    return files.size();
  }

  /** Returns the files, latest first; unmodifiable. */
  List<Hints.OpenedFile> files() {
    return files;
  }

  /** Returns those that were opened since the KeyStore before was loaded; unmodifiable. */
  List<Hints.OpenedFile> fresh() {
    return files.subList(0, fresh);
  }

  /** Returns those that were opened after a moment, in milliseconds since 1970; a new list. */
  List<Hints.OpenedFile> after(long millis) {
    List<Hints.OpenedFile> after = new ArrayList<>(files);
    after.removeIf(file -> file.openedAtMillis() <= millis);
    return after;
  }

  /** Returns how many others were opened later than the latest of these; all if it is unknown. */
  int indexOf(List<Path> paths) {
    for (int i = 0; i < files.size(); i++) {
      if (paths.contains(files.get(i).path())) {
        return i;
      }
    }
    return files.size();
  }

  /** Returns the moment, in milliseconds since 1970. */
  long atMillis() {
    return atMillis;
  }

  /** Returns those when the KeyStore was loaded; null if it was loaded from nothing, or unknown. */
  @Nullable Openings loaded() {
    return loaded;
  }
}
