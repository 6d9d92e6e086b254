package dev.hitless.serve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ties one handshake to one generation of every rotating key manager that it meets, from the first
 * question to the last.
 *
 * <p>Nearly always there is one such manager; when a server nests key managers there are two or
 * three. Thread-safe; a handshake uses it from one thread at a time.
 */
final class Pin {
  private @Nullable RotatingKeyManager first;
  private @Nullable Served firstServed;
  private @Nullable List<Object> more;

  /** Returns what the manager serves in this handshake: what was current when it first asked. */
  synchronized Served served(RotatingKeyManager manager) {
    if (first == manager && firstServed != null) {
      return firstServed;
    }
    if (first == null) {
      first = manager;
      firstServed = manager.current();
      return firstServed;
    }
    if (more == null) {
      more = new ArrayList<>(2);
    }
    for (int i = 0; i < more.size(); i += 2) {
      if (more.get(i) == manager) {
        return (Served) more.get(i + 1);
      }
    }
    Served served = manager.current();
    more.add(manager);
    more.add(served);
    return served;
  }

  /** Returns the manager that was met first; null if none was. */
  synchronized @Nullable RotatingKeyManager first() {
    return first;
  }

  /** Returns the other managers that took part, in the order in which they were met. */
  synchronized List<RotatingKeyManager> others(@Nullable RotatingKeyManager manager) {
    List<RotatingKeyManager> others = new ArrayList<>(2);
    if (first != null && first != manager) {
      others.add(first);
    }
    if (more != null) {
      for (int i = 0; i < more.size(); i += 2) {
        if (more.get(i) != manager) {
          others.add((RotatingKeyManager) more.get(i));
        }
      }
    }
    return others;
  }
}
