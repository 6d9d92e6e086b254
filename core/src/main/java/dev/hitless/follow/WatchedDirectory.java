package dev.hitless.follow;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One directory, the names in it that matter, and to whom.
 *
 * <p>Not thread-safe: owned by the hitless thread.
 */
final class WatchedDirectory<T> {
  private final Path path;
  private final Map<Path, Set<T>> subscribers = new HashMap<>();
  private @Nullable WatchKey key;
  private @Nullable Object inode;
  private boolean inPlace;

  WatchedDirectory(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * Returns whether the key is for the directory that the path leads to now.
   *
   * @param writes whether it has to tell of writes in place too, beyond what comes and goes
   */
  boolean isCurrent(boolean writes) {
    if (key == null || !key.isValid() || (writes && !inPlace)) {
      return false;
    }
    try {
      return Objects.equals(inode, inodeOf(path));
    } catch (IOException gone) {
      return false;
    }
  }

  WatchKey bind(WatchService events, boolean writes) throws IOException {
    inode = inodeOf(path);
    inPlace |= writes;
    // Writes are left out where they do not matter: a log beside the directory would wake us a lot.
    WatchKey bound =
        inPlace
            ? path.register(events, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY)
            : path.register(events, ENTRY_CREATE, ENTRY_DELETE);
    key = bound;
    return bound;
  }

  /** Forgets the key and returns it. */
  @Nullable WatchKey unbind() {
    WatchKey bound = key;
    key = null;
    return bound;
  }

  void subscribe(Path entry, T subscriber) {
    subscribers.computeIfAbsent(entry.getFileName(), name -> new HashSet<>()).add(subscriber);
  }

  void unsubscribe(Path entry, T subscriber) {
    Set<T> concerned = subscribers.get(entry.getFileName());
    if (concerned != null) {
      concerned.remove(subscriber);
      if (concerned.isEmpty()) {
        subscribers.remove(entry.getFileName());
      }
    }
  }

  boolean isUnused() {
    return subscribers.isEmpty();
  }

  /** Adds those whom an event concerns; without a name (an overflow) it concerns all. */
  void addConcerned(@Nullable Object name, Set<T> concerned) {
    if (name instanceof Path) {
      concerned.addAll(subscribers.getOrDefault(name, Collections.emptySet()));
    } else {
      addAll(concerned);
    }
  }

  void addAll(Set<T> concerned) {
    subscribers.values().forEach(concerned::addAll);
  }

  private static @Nullable Object inodeOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
