package dev.hitless;

import dev.hitless.config.StartupFiles;
import dev.hitless.follow.Hints;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is seen while the application sets up TLS: passwords, keystore types, opened files.
 * Bounded; kept in memory only, never printed.
 *
 * <p>Thread-safe; its one lock guards a few array operations.
 */
final class Clues {
  private static final long STARTED_MILLIS = System.currentTimeMillis();
  private static final int MOST_PASSWORDS = 64;
  private static final int MOST_TYPES = 16;
  private static final int MOST_FILES = 1024;
  private static final int LATEST_FILES = 32;

  private final Deque<char[]> passwords = new ArrayDeque<>();
  private final List<String> types = new ArrayList<>();
  private final IntFunction<List<Hints.OpenedFile>> opened;
  private final Map<KeyStore, Openings> loads = new WeakHashMap<>();
  private @Nullable Openings latestLoad;
  private final Map<Path, Hints.OpenedFile> remembered =
      new LinkedHashMap<Path, Hints.OpenedFile>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Hints.OpenedFile> eldest) {
          return size() > MOST_FILES;
        }
      };

  /**
   * Creates an empty collection.
   *
   * @param opened the given number of files opened last, latest first
   */
  Clues(IntFunction<List<Hints.OpenedFile>> opened) {
    this.opened = opened;
  }

  synchronized void password(char @Nullable [] password) {
    if (password == null) {
      return;
    }
    for (Iterator<char[]> known = passwords.iterator(); known.hasNext(); ) {
      if (Arrays.equals(known.next(), password)) {
        known.remove();
      }
    }
    passwords.addFirst(password.clone());
    if (passwords.size() > MOST_PASSWORDS) {
      Arrays.fill(passwords.removeLast(), '\0');
    }
  }

  synchronized void type(String type) {
    if (!types.contains(type) && types.size() < MOST_TYPES) {
      types.add(type);
    }
  }

  /**
   * Remembers the files opened just now for as long as the process lives: a server may read its key
   * long before it makes a key manager of it, at its first handshake, and open thousands of files
   * in between. And it remembers them for the KeyStore, which was loaded just now from one of them.
   */
  void loaded(KeyStore store) {
    List<Hints.OpenedFile> latest = opened.apply(LATEST_FILES);
    boolean fromNothing = isEmpty(store);
    synchronized (this) {
      for (Hints.OpenedFile file : latest) {
        remembered.putIfAbsent(file.path(), file);
      }
      if (fromNothing) {
        loads.remove(store);
      } else {
        latestLoad = new Openings(latest, System.currentTimeMillis(), latestLoad, null);
        loads.put(store, latestLoad);
      }
    }
  }

  private static boolean isEmpty(KeyStore store) {
    try {
      return store.size() == 0;
    } catch (KeyStoreException | RuntimeException e) {
      return true; // a store of foreign make: whatever it holds, no file is known for it
    }
  }

  /**
   * Returns what has been opened until now.
   *
   * @param store what a trust manager was made of just now; null if unknown
   */
  Openings openings(@Nullable KeyStore store) {
    List<Hints.OpenedFile> latest = opened.apply(LATEST_FILES);
    synchronized (this) {
      Openings loaded = store == null ? null : loads.get(store);
      return new Openings(latest, System.currentTimeMillis(), null, loaded);
    }
  }

  private static @Nullable Path path(String text) {
    try {
      return Paths.get(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      return null; // it only looked like a path
    }
  }

  private static List<Path> startupFiles() {
    List<Path> paths = new ArrayList<>();
    for (String text : StartupFiles.of(System.getProperties())) {
      Path path = path(text);
      if (path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  /**
   * Returns all there is to go by.
   *
   * @param likeliest passwords to try first
   */
  Hints hints(List<char[]> likeliest) {
    List<Hints.OpenedFile> files = new ArrayList<>(opened.apply(Integer.MAX_VALUE));
    Set<Path> known = new HashSet<>();
    files.forEach(file -> known.add(file.path()));
    synchronized (this) {
      remembered.values().stream().filter(f -> known.add(f.path())).forEach(files::add);
      List<Path> named = startupFiles();
      for (Path path : named) {
        if (known.add(path)) {
          files.add(new Hints.OpenedFile(path, STARTED_MILLIS));
        }
      }
      return new Hints(files, ordered(likeliest), types, new HashSet<>(named));
    }
  }

  /**
   * Returns the files that nobody was seen opening, but that lie in a directory that the program
   * was given.
   *
   * @param likeliest passwords to try first
   */
  Hints inNamedDirectories(List<char[]> likeliest) {
    List<Hints.OpenedFile> files = new ArrayList<>();
    for (Path path : NamedDirectories.keyMaterial(startupFiles())) {
      files.add(new Hints.OpenedFile(path, STARTED_MILLIS));
    }
    synchronized (this) {
      return new Hints(files, ordered(likeliest), types);
    }
  }

  private List<char[]> ordered(List<char[]> likeliest) {
    List<char[]> ordered = new ArrayList<>(likeliest);
    char[] standard = StartupFiles.keyStorePassword(System.getProperties());
    if (standard != null) {
      ordered.add(standard);
    }
    ordered.addAll(passwords);
    return ordered;
  }
}
