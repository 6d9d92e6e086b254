package dev.hitless.serve;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent map whose keys are compared by identity and held weakly.
 *
 * <p>A value must not refer to its key, or neither is ever freed. Thread-safe; no operation blocks
 * on I/O or calls foreign code while it holds a bin's lock.
 */
final class WeakIdentityMap<K, V> {
  private final ConcurrentHashMap<Object, V> map = new ConcurrentHashMap<>();
  private final ReferenceQueue<K> freed = new ReferenceQueue<>();

  @Nullable V get(K key) {
    return map.get(new Lookup(key));
  }

  void put(K key, V value) {
    expunge();
    map.put(new Key<>(key, freed), value);
  }

  void remove(K key) {
    expunge();
    map.remove(new Lookup(key));
  }

  /** Returns the value of a key, made by {@code maker} if there is none; one value wins a race. */
  V computeIfAbsent(K key, Function<K, V> maker) {
    V value = get(key);
    if (value != null) {
      return value;
    }
    expunge();
    V made = maker.apply(key);
    V raced = map.putIfAbsent(new Key<>(key, freed), made);
    return raced != null ? raced : made;
  }

  /** Returns the keys that are still in use; a new list. */
  List<K> keys() {
    expunge();
    List<K> keys = new ArrayList<>();
    for (Object key : map.keySet()) {
      @SuppressWarnings("unchecked") // the map holds no other keys
      K referent = ((Key<K>) key).get();
      if (referent != null) {
        keys.add(referent);
      }
    }
    return keys;
  }

  int size() {
    expunge();
    return map.size();
  }

  private void expunge() {
    for (Reference<? extends K> gone = freed.poll(); gone != null; gone = freed.poll()) {
      map.remove(gone);
    }
  }

  /** Equal to itself and to any lookup of the same object. */
  private static final class Key<K> extends WeakReference<K> {
    private final int hash;

    Key(K referent, ReferenceQueue<K> queue) {
      super(referent, queue);
      hash = System.identityHashCode(referent);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object referent = get();
      return referent != null && other instanceof Key && ((Key<?>) other).get() == referent;
    }
  }

  private static final class Lookup {
    private final Object referent;

    Lookup(Object referent) {
      this.referent = referent;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(referent);
    }

    @Override
    @SuppressWarnings("EqualsUnsafeCast") // a lookup only ever meets the keys of this map
    public boolean equals(@Nullable Object other) {
      return other instanceof Key && ((Key<?>) other).get() == referent;
    }
  }
}
