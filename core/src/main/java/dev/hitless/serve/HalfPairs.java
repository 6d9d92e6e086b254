package dev.hitless.serve;

import org.jspecify.annotations.Nullable;

/**
 * Finds the pin of a key and a chain that are asked of one manager under a name which no {@code
 * choose…} method of it handed out, because a wrapper answers these with a name of its own.
 *
 * <p>What there is to go by is the thread: a handshake asks for key and chain back to back on one,
 * in either order, right after its choice. If the wrapper asked this manager for that choice, and
 * for the key under the name that it was given, all three are of one generation; if it chose by
 * itself, key and chain are.
 *
 * <p>A thread's half of a pair lives in the manager and not in the thread, so that a manager that
 * the application drops is freed with its keys, however long the thread lives on. Thread-safe: each
 * thread uses its own slot only.
 */
final class HalfPairs {
  private static final long FRESH_NANOS = 10_000_000_000L;

  private final WeakIdentityMap<Thread, Slot> slots = new WeakIdentityMap<>();

  private enum Begun {
    CHOICE,
    KEY,
    CHAIN
  }

  /** What one thread has asked; used by that thread only. */
  private static final class Slot {
    @Nullable Pin pin;
    @Nullable String alias;
    @Nullable Begun begun;
    long nanos;

    void set(Pin newPin, String newAlias, Begun newBegun) {
      pin = newPin;
      alias = newAlias;
      begun = newBegun;
      nanos = System.nanoTime();
    }

    void clear() {
      pin = null;
      alias = null;
      begun = null;
    }

    /** Returns the pin of what was begun under this name, if the question goes on with it. */
    @Nullable Pin goesOn(String asked, Begun question) {
      boolean fits = asked.equals(alias) && begun != question;
      return fits && System.nanoTime() - nanos < FRESH_NANOS ? pin : null;
    }
  }

  /** Notes that a choice was made on this thread. */
  void chosen(String alias, Pin pin) {
    slot().set(pin, alias, Begun.CHOICE);
  }

  /** Notes that the choice made on this thread came back as it was handed out. */
  void tagged() {
    Slot slot = slots.get(Thread.currentThread());
    if (slot != null) {
      slot.clear();
    }
  }

  /** Returns the pin for a key, or else a chain, asked on this thread. */
  Pin of(String alias, boolean forKey) {
    Slot slot = slot();
    Begun question = forKey ? Begun.KEY : Begun.CHAIN;
    Pin known = slot.goesOn(alias, question);
    if (known == null || slot.begun == Begun.CHOICE) {
      Pin pin = known == null ? new Pin() : known;
      slot.set(pin, alias, question);
      return pin;
    }
    slot.clear();
    return known;
  }

  private Slot slot() {
    return slots.computeIfAbsent(Thread.currentThread(), thread -> new Slot());
  }
}
