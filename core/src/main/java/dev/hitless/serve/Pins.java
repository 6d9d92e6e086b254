package dev.hitless.serve;

import org.jspecify.annotations.Nullable;

/**
 * Finds the pin of a handshake, by whatever the caller still has of it.
 *
 * <p>In this order: the scope (an outer rotating manager is asking on this thread), the connection
 * (engine or socket), the identity of the alias object that a {@code choose…} method returned, and
 * last, for wrappers that answer {@code choose…} with a name of their own, what the thread asked
 * just before ({@link HalfPairs}).
 *
 * <p>Thread-safe. One instance serves the whole process.
 */
@SuppressWarnings("ThreadLocalUsage") // one instance serves the whole process
public final class Pins {
  private final WeakIdentityMap<Object, Pin> connections = new WeakIdentityMap<>();
  private final WeakIdentityMap<String, Pin> aliases = new WeakIdentityMap<>();
  private final ThreadLocal<@Nullable Pin> scope = new ThreadLocal<>();

  Pin ofConnection(@Nullable Object connection) {
    Pin outer = scope.get();
    if (outer != null) {
      return outer;
    }
    if (connection == null) {
      return new Pin();
    }
    // Kept as long as the connection: a choice that found no key is followed by one that does.
    return connections.computeIfAbsent(connection, c -> new Pin());
  }

  /** Returns the manager that a connection asked first; null if it has asked none yet. */
  @Nullable RotatingKeyManager asked(Object connection) {
    Pin pin = connections.get(connection);
    return pin == null ? null : pin.first();
  }

  /** Returns an equal name whose object identity leads back to the pin. */
  @SuppressWarnings({"StringCopy", "StringConstructor"})
  @Nullable String tag(@Nullable String alias, Pin pin) {
    if (alias == null) {
      return null;
    }
    String tagged = new String(alias);
    aliases.put(tagged, pin);
    return tagged;
  }

  Pin ofAlias(String alias, boolean forKey, HalfPairs halves) {
    Pin outer = scope.get();
    if (outer != null) {
      return outer;
    }
    Pin tagged = aliases.get(alias);
    if (tagged == null) {
      return halves.of(alias, forKey);
    }
    halves.tagged();
    return tagged;
  }

  /** Returns the pin in whose scope this thread is, or null. */
  @Nullable Pin scope() {
    return scope.get();
  }

  /** Enters the scope of a pin on this thread; returns what {@link #leave} wants back. */
  @Nullable Pin enter(Pin pin) {
    Pin outer = scope.get();
    if (outer != pin) {
      scope.set(pin);
    }
    return outer;
  }

  void leave(@Nullable Pin outer) {
    if (outer == null) {
      scope.remove();
    } else {
      scope.set(outer);
    }
  }

  /** Returns how many connections and alias objects are pinned and not yet garbage. */
  public int size() {
    return connections.size() + aliases.size();
  }
}
