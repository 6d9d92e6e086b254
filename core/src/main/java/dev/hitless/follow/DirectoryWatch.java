package dev.hitless.follow;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose files may have changed, from the events of the directories on the {@link Trail} of
 * their paths. Directories are shared between the subscribers and dropped with the last of them.
 *
 * <p>Not thread-safe: owned by the hitless thread. Where there are no events (no inotify instance
 * left, a network file system, a directory that may not be read) it stays silent, says so once, and
 * polling has to do.
 */
final class DirectoryWatch<T> {
  /** Opens the source of events. */
  interface Source {
    /**
     * Opens it, once, when the first file is watched.
     *
     * @throws IOException if the platform has none to give
     */
    WatchService open() throws IOException;
  }

  private static final int MAX_ROUNDS = 4;
  private static final int MAX_KEYS_AT_ONCE = 256;
  private static final int IDLE_BATCHES = 32;
  private static final long BREATH_NANOS = 2_000_000;

  private final Source source;
  private final BiConsumer<String, Throwable> failures;
  private final Map<Path, WatchedDirectory<T>> directories = new HashMap<>();
  private final Map<WatchKey, Set<WatchedDirectory<T>>> byKey = new HashMap<>();
  private final Map<T, Set<Path>> trails = new HashMap<>();
  private final Set<T> unsure = new HashSet<>();
  private @Nullable WatchService service;
  private int idle;
  private boolean opened;
  private boolean reported;

  DirectoryWatch(Source source, BiConsumer<String, Throwable> failures) {
    this.source = source;
    this.failures = failures;
  }

  /**
   * Watches, or watches anew, all that the paths now lead through. What changes after this call is
   * told by an event: call it before reading the files.
   */
  void watch(T subscriber, Collection<Path> files) {
    open();
    if (service == null) {
      return;
    }
    boolean moved = true;
    for (int round = 0; moved && round < MAX_ROUNDS; round++) {
      Trail trail = Trail.of(files);
      moved = register(trail);
      subscribe(subscriber, trail.entries());
    }
  }

  /** Forgets a subscriber. */
  void forget(T subscriber) {
    subscribe(subscriber, Collections.emptySet());
    trails.remove(subscriber);
    unsure.remove(subscriber);
  }

  /**
   * Waits for events.
   *
   * @param nanos how long at most; 0 or less to look only
   * @return the subscribers whose files may have changed; empty if time ran out
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  Set<T> await(long nanos) throws InterruptedException {
    WatchService events = service;
    if (events == null) {
      if (nanos > 0) {
        LockSupport.parkNanos(this, nanos);
      }
      return Collections.emptySet();
    }
    Set<T> touched = new HashSet<>(unsure);
    unsure.clear();
    try {
      boolean look = nanos <= 0 || !touched.isEmpty();
      WatchKey key = look ? events.poll() : events.poll(nanos, TimeUnit.NANOSECONDS);
      boolean any = key != null;
      for (int i = 0; key != null; key = ++i < MAX_KEYS_AT_ONCE ? events.poll() : null) {
        collect(key, touched);
      }
      breathe(any && touched.isEmpty());
    } catch (ClosedWatchServiceException e) {
      service = null;
      report("The source of file events was closed", e);
    }
    return touched;
  }

  /** Ends all watching; the paths may be watched again by polling only. */
  void close() {
    WatchService events = service;
    service = null;
    opened = true;
    directories.clear();
    byKey.clear();
    trails.clear();
    unsure.clear();
    if (events != null) {
      try {
        events.close();
      } catch (IOException e) {
        failures.accept("The source of file events could not be closed", e);
      }
    }
  }

  /** Returns how many directories have a live key, for tests and the status. */
  int size() {
    return byKey.size();
  }

  private void open() {
    if (!opened) {
      opened = true;
      try {
        service = source.open();
      } catch (IOException | UnsupportedOperationException e) {
        report("File events are not to be had", e);
      }
    }
  }

  /** Lets events gather where others write all the time, such as a log beside the keystore. */
  private void breathe(boolean nobody) {
    idle = nobody ? idle + 1 : 0;
    if (idle > IDLE_BATCHES) {
      LockSupport.parkNanos(this, BREATH_NANOS);
    }
  }

  private void collect(WatchKey key, Set<T> touched) {
    Collection<WatchEvent<?>> events = key.pollEvents();
    boolean valid = key.reset();
    Set<WatchedDirectory<T>> watched = byKey.getOrDefault(key, Collections.emptySet());
    for (WatchedDirectory<T> directory : watched) {
      if (!valid) {
        directory.unbind();
        directory.addAll(touched);
      }
      for (WatchEvent<?> event : events) {
        directory.addConcerned(event.context(), touched);
      }
    }
    if (!valid) {
      byKey.remove(key);
    }
  }

  /** Returns whether a directory was not watched before, so that the trail may be outdated. */
  private boolean register(Trail trail) {
    boolean added = false;
    for (Path entry : trail.entries()) {
      Path parent = entry.getParent();
      if (parent != null) {
        WatchedDirectory<T> directory =
            directories.computeIfAbsent(parent, path -> new WatchedDirectory<>(path));
        boolean writes = trail.isEnd(entry);
        if (!directory.isCurrent(writes)) {
          added |= register(directory, writes);
        }
      }
    }
    return added;
  }

  private boolean register(WatchedDirectory<T> directory, boolean writes) {
    WatchKey before = directory.unbind();
    WatchKey after = bind(directory, writes);
    if (after != null) {
      byKey.computeIfAbsent(after, key -> new HashSet<>()).add(directory);
      // An event may have been lost in between, and others rely on this directory too.
      directory.addAll(unsure);
    }
    if (before != null && !before.equals(after)) {
      release(before, directory);
    }
    return after != null;
  }

  private @Nullable WatchKey bind(WatchedDirectory<T> directory, boolean writes) {
    WatchService events = service;
    try {
      return events == null ? null : directory.bind(events, writes);
    } catch (NoSuchFileException | NotDirectoryException gone) {
      return null;
    } catch (IOException | ProviderMismatchException | SecurityException e) {
      report("No file events for " + directory.path(), e);
      return null;
    } catch (ClosedWatchServiceException e) {
      service = null;
      report("The source of file events was closed", e);
      return null;
    }
  }

  private void release(WatchKey key, WatchedDirectory<T> directory) {
    Set<WatchedDirectory<T>> sharing = byKey.get(key);
    if (sharing != null) {
      sharing.remove(directory);
      if (sharing.isEmpty()) {
        byKey.remove(key);
        key.cancel();
      }
    }
  }

  private void subscribe(T subscriber, Set<Path> trail) {
    Set<Path> before = trails.put(subscriber, trail);
    if (trail.equals(before)) {
      return;
    }
    for (Path entry : trail) {
      WatchedDirectory<T> directory = directories.get(entry.getParent());
      if (directory != null) {
        directory.subscribe(entry, subscriber);
      }
    }
    for (Path entry : before == null ? Collections.<Path>emptySet() : before) {
      WatchedDirectory<T> directory = directories.get(entry.getParent());
      if (directory != null && !trail.contains(entry)) {
        directory.unsubscribe(entry, subscriber);
        if (directory.isUnused()) {
          directories.remove(directory.path());
          WatchKey key = directory.unbind();
          if (key != null) {
            release(key, directory);
          }
        }
      }
    }
  }

  private void report(String what, Throwable cause) {
    if (!reported) {
      reported = true;
      failures.accept(what + "; changes are noticed by polling", cause);
    }
  }
}
