package dev.hitless.session;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Up to when sessions of a session context are no longer resumed, in milliseconds as {@link
 * javax.net.ssl.SSLSession#getCreationTime} counts them.
 *
 * <p>Thread-safe. Handshakes read it: that is one volatile read and a look into a small table,
 * without a lock and without an allocation. Written on the hitless thread only.
 */
final class CutOffs implements ToLongFunction<@Nullable Object> {
  /** Before any session was made. */
  static final long NEVER = Long.MIN_VALUE;

  private volatile Table table = new Table(0);

  /**
   * Returns the cut-off of a session context, {@link #NEVER} if it has none; given null, the latest
   * of all.
   */
  @Override
  public long applyAsLong(@Nullable Object context) {
    Table now = table;
    return context == null ? now.latest : now.get(context);
  }

  /**
   * Cuts off what the given session contexts hold.
   *
   * @param at no earlier than any cut-off before
   */
  void set(Collection<?> contexts, long at) {
    Table now = table;
    Table next = new Table(now.used + contexts.size());
    for (int i = 0; i < now.contexts.length; i++) {
      WeakReference<?> known = now.contexts[i];
      Object context = known == null ? null : known.get();
      if (known != null && context != null) {
        next.put(context, known, now.times[i]);
      }
    }
    for (Object context : contexts) {
      next.put(context, new WeakReference<>(context), at);
    }
    next.latest = at;
    table = next;
  }

  /** Returns how many session contexts have a cut-off, dropped ones included. */
  int size() {
    return table.used;
  }

  /** Open addressing by identity, at most half full; never changed once it is published. */
  private static final class Table {
    final @Nullable WeakReference<?>[] contexts;
    final long[] times;
    int used;
    long latest = NEVER;

    Table(int most) {
      int size = Integer.highestOneBit(Math.max(most, 1)) * 4;
      contexts = new WeakReference<?>[size];
      times = new long[size];
    }

    void put(Object context, WeakReference<?> reference, long time) {
      int slot = slot(context);
      used += contexts[slot] == null ? 1 : 0;
      contexts[slot] = reference;
      times[slot] = time;
    }

    long get(Object context) {
      int slot = slot(context);
      return contexts[slot] == null ? NEVER : times[slot];
    }

    /** Returns where the context is, or the free place where it would be. */
    private int slot(Object context) {
      int mask = contexts.length - 1;
      int hash = System.identityHashCode(context);
      int slot = (hash ^ hash >>> 16) & mask;
      for (WeakReference<?> there = contexts[slot]; there != null; there = contexts[slot]) {
        if (there.get() == context) {
          return slot;
        }
        slot = (slot + 1) & mask;
      }
      return slot;
    }
  }
}
