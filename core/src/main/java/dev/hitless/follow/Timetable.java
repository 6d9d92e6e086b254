package dev.hitless.follow;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is due when, in the nanoseconds of one monotonic clock; each thing has one time at most.
 *
 * <p>Not thread-safe: owned by the hitless thread. Every operation takes logarithmic time.
 */
final class Timetable<T> {
  private final Map<T, Entry<T>> entries = new HashMap<>();
  private final TreeSet<Entry<T>> order = new TreeSet<>();
  private long serial;

  /** Sets the time of a thing, in place of the one it had. */
  void put(T thing, long due) {
    remove(thing);
    Entry<T> entry = new Entry<>(thing, due, serial++);
    entries.put(thing, entry);
    order.add(entry);
  }

  /** Sets the time of a thing, if it is in the table and not due earlier. */
  void hasten(T thing, long due) {
    Entry<T> entry = entries.get(thing);
    if (entry != null && entry.due - due > 0) {
      put(thing, due);
    }
  }

  boolean contains(T thing) {
    return entries.containsKey(thing);
  }

  void remove(T thing) {
    Entry<T> entry = entries.remove(thing);
    if (entry != null) {
      order.remove(entry);
    }
  }

  /** Returns the thing that has been due longest, which keeps its place; null if none is due. */
  @Nullable T firstDue(long now) {
    return order.isEmpty() || order.first().due - now > 0 ? null : order.first().thing;
  }

  /** Returns how long nothing will be due, 0 if something is, Long.MAX_VALUE if it is empty. */
  long nanosToNext(long now) {
    return order.isEmpty() ? Long.MAX_VALUE : Math.max(0, order.first().due - now);
  }

  private static final class Entry<T> implements Comparable<Entry<T>> {
    final T thing;
    final long due;
    final long serial;

    Entry(T thing, long due, long serial) {
      this.thing = thing;
      this.due = due;
      this.serial = serial;
    }

    @Override
    @SuppressWarnings("ComparableType")
    public int compareTo(Entry<T> other) {
      long difference = due - other.due;
      return difference != 0 ? Long.signum(difference) : Long.compare(serial, other.serial);
    }
  }
}
