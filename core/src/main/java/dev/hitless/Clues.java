package dev.hitless;

import dev.hitless.follow.Hints;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is seen while the application sets up TLS: passwords, keystore types, opened files.
 * Bounded; kept in memory only, never printed.
 *
 * <p>Thread-safe; its one lock guards a few array operations.
 */
final class Clues {
  private static final int MOST_PASSWORDS = 64;
  private static final int MOST_TYPES = 16;

  private final Deque<char[]> passwords = new ArrayDeque<>();
  private final List<String> types = new ArrayList<>();
  private final Supplier<List<Hints.OpenedFile>> opened;

  /**
   * Creates an empty collection.
   *
   * @param opened the files opened lately, latest first
   */
  Clues(Supplier<List<Hints.OpenedFile>> opened) {
    this.opened = opened;
  }

  synchronized void password(char @Nullable [] password) {
    if (password == null) {
      return;
    }
    passwords.removeIf(known -> Arrays.equals(known, password));
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
   * Returns all there is to go by.
   *
   * @param likeliest passwords to try first
   */
  Hints hints(List<char[]> likeliest) {
    List<Hints.OpenedFile> files = opened.get();
    synchronized (this) {
      List<char[]> ordered = new ArrayList<>(likeliest);
      ordered.addAll(passwords);
      return new Hints(files, ordered, types);
    }
  }
}
