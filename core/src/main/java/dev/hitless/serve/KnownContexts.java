package dev.hitless.serve;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Every context of the JVM and by what it trusts, as long as the application uses it. An
 * application may make contexts by the thousand and drop them: a note costs one weak reference, and
 * neither a hash nor a place in a reference queue, both of which cost more than a context does.
 *
 * <p>A context that is initialised again counts for all that it has trusted by. Thread-safe; takes
 * no lock.
 */
final class KnownContexts {
  /** Of the references in one chunk. */
  private static final int SIZE = 256;

  /** How many chunks are looked through for each new one; more than one, so that it ends. */
  private static final int SWEPT = 3;

  /** In the place of a context that is no longer in use. */
  private static final Known FREED = new Known(null, ContextTrust.ROTATING);

  private static final AtomicReferenceFieldUpdater<KnownContexts, Chunk> NEWEST =
      AtomicReferenceFieldUpdater.newUpdater(KnownContexts.class, Chunk.class, "newest");

  private volatile Chunk newest = new Chunk(null);
  private final AtomicBoolean sweeping = new AtomicBoolean();

  /**
   * The chunk before the next one to look through, null once all were; owned by who has set {@code
   * sweeping}.
   */
  private @Nullable Chunk cursor;

  /**
   * Gone once the collector has run, and only then is there anything to look for; owned as well.
   */
  private WeakReference<Object> canary = new WeakReference<>(new Object());

  private static final class Known extends WeakReference<@Nullable SSLContext> {
    final ContextTrust trust;

    Known(@Nullable SSLContext context, ContextTrust trust) {
      super(context);
      this.trust = trust;
    }
  }

  /** Chunks rather than a list of references, which collectors go through one after the other. */
  private static final class Chunk {
    final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(SIZE);
    final AtomicInteger used = new AtomicInteger();
    volatile @Nullable Chunk older;

    Chunk(@Nullable Chunk older) {
      this.older = older;
    }

    boolean holds(SSLContext context, ContextTrust trust) {
      for (int i = 0; i < SIZE; i++) {
        Known each = known.get(i);
        if (each != null && each.trust == trust && each.get() == context) {
          return true;
        }
      }
      return false;
    }

    /** Lets go of what is not in use, or held by a newer one; returns whether nothing is left. */
    boolean free(Chunk newer) {
      boolean empty = true;
      for (int i = 0; i < SIZE; i++) {
        Known each = known.get(i);
        if (each == null) {
          empty = false; // whoever has this place has yet to fill it
        } else if (each != FREED) {
          SSLContext context = each.get();
          if (context == null || newer.holds(context, each.trust)) {
            known.set(i, FREED);
          } else {
            empty = false;
          }
        }
      }
      return empty;
    }
  }

  /** A context trusts by this; {@code ROTATING} says nothing new of one that was noted just now. */
  void note(SSLContext context, ContextTrust trust) {
    while (true) {
      Chunk chunk = newest;
      int used = chunk.used.get();
      if (used > 0 && used <= SIZE) {
        Known last = chunk.known.get(used - 1);
        if (last != null
            && last.get() == context
            && (trust == ContextTrust.ROTATING || trust == last.trust)) {
          return;
        }
      }
      int place = chunk.used.getAndIncrement();
      if (place < SIZE) {
        chunk.known.set(place, new Known(context, trust));
        return;
      }
      Chunk next = new Chunk(chunk);
      if (NEWEST.compareAndSet(this, chunk, next)) {
        sweep(next);
      }
    }
  }

  /** Returns the contexts in use that trust by one of these; a new set that goes by identity. */
  Set<SSLContext> by(Set<ContextTrust> trusts) {
    Set<SSLContext> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Chunk chunk = newest; chunk != null; chunk = chunk.older) {
      for (int i = 0; i < SIZE; i++) {
        Known each = chunk.known.get(i);
        SSLContext context = each == null || !trusts.contains(each.trust) ? null : each.get();
        if (context != null) {
          found.add(context);
        }
      }
    }
    return found;
  }

  /** Returns how many chunks there are. */
  int chunks() {
    int count = 0;
    for (Chunk chunk = newest; chunk != null; chunk = chunk.older) {
      count++;
    }
    return count;
  }

  /**
   * Goes a few chunks further, and drops those in which nothing is in use; one thread at a time.
   */
  private void sweep(Chunk first) {
    if (!sweeping.compareAndSet(false, true)) {
      return;
    }
    if (cursor == null && canary.get() == null) {
      canary = new WeakReference<>(new Object());
      cursor = first;
    }
    for (int i = 0; i < SWEPT && cursor != null; i++) {
      Chunk next = cursor.older;
      if (next != null && next.free(cursor)) {
        cursor.older = next.older;
      } else {
        cursor = next;
      }
    }
    sweeping.set(false);
  }
}
