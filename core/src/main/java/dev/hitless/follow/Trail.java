package dev.hitless.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory entries whose change can change what a path leads to: every symbolic link on the
 * way, the file at the end, and the directories that hold these. For a path that leads nowhere, the
 * first entry that is missing.
 *
 * <p>Does not change once it is made, which reads the file system and never fails.
 */
final class Trail {
  /** What Linux allows on one path; more is a loop. */
  private static final int MAX_LINKS = 40;

  private final Set<Path> entries = new LinkedHashSet<>();
  private final Set<Path> ends = new HashSet<>();
  private final Deque<Path> rest = new ArrayDeque<>();
  private int links;

  private Trail() {}

  /** Follows absolute paths. */
  static Trail of(Collection<Path> files) {
    Trail trail = new Trail();
    for (Path file : files) {
      trail.links = 0;
      trail.rest.clear();
      trail.follow(file);
    }
    return trail;
  }

  /** Returns all entries on the way; their parents are free of symbolic links. */
  Set<Path> entries() {
    return entries;
  }

  /** Returns whether the entry is an end of the way: not replaced only, but written in place. */
  boolean isEnd(Path entry) {
    return ends.contains(entry);
  }

  private void follow(Path file) {
    Path at = file.getRoot();
    prepend(file);
    while (at != null && !rest.isEmpty()) {
      Path name = rest.pop();
      String text = name.toString();
      if (text.equals("..")) {
        at = at.getParent() == null ? at : at.getParent();
      } else if (!text.isEmpty() && !text.equals(".")) {
        at = step(at, name);
      }
    }
  }

  /** Returns the directory to go on from, or null at the end of the way. */
  private @Nullable Path step(Path directory, Path name) {
    Path entry = directory.resolve(name);
    if (Files.isSymbolicLink(entry)) {
      note(entry);
      try {
        Path target = Files.readSymbolicLink(entry);
        if (++links > MAX_LINKS) {
          return null;
        }
        prepend(target);
        return target.isAbsolute() ? target.getRoot() : directory;
      } catch (IOException goneMeanwhile) {
        return null;
      }
    }
    if (!rest.isEmpty() && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      return entry;
    }
    note(entry);
    ends.add(entry);
    return null;
  }

  private void prepend(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      rest.push(path.getName(i));
    }
  }

  private void note(Path entry) {
    entries.add(entry);
    Path directory = entry.getParent();
    if (directory != null && directory.getParent() != null) {
      entries.add(directory);
    }
  }
}
