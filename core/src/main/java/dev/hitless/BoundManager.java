package dev.hitless;

import dev.hitless.material.Identity;
import dev.hitless.serve.EntryName;
import dev.hitless.serve.RotatingKeyManager;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ties the entries of one rotating key manager to what is followed. Refers to the manager weakly:
 * an SSLContext that the application drops is freed with all that hangs on it.
 *
 * <p>Owned by the hitless thread; {@link #manager} and {@link #serves} may be called by any.
 */
final class BoundManager {
  private final WeakReference<RotatingKeyManager> manager;
  private final Map<EntryName, Tie> ties = new ConcurrentHashMap<>();

  BoundManager(RotatingKeyManager manager) {
    this.manager = new WeakReference<>(manager);
  }

  /** One entry, the chain that the server itself read for it, and where it comes from. */
  private static final class Tie {
    final List<X509Certificate> own;
    final FollowedOrigin origin;
    final String alias;

    Tie(List<X509Certificate> own, FollowedOrigin origin, String alias) {
      this.own = own;
      this.origin = origin;
      this.alias = alias;
    }
  }

  @Nullable RotatingKeyManager manager() {
    return manager.get();
  }

  void tie(EntryName entry, List<X509Certificate> own, FollowedOrigin origin, String alias) {
    ties.put(entry, new Tie(own, origin, alias));
  }

  /** Ties the entries that stand for one place to another; returns whether there are any. */
  boolean retie(Former.Place from, Former.Place to) {
    boolean any = false;
    for (Map.Entry<EntryName, Tie> entry : ties.entrySet()) {
      Tie tie = entry.getValue();
      if (tie.origin == from.origin && tie.alias.equals(from.alias)) {
        entry.setValue(new Tie(tie.own, to.origin, to.alias));
        any = true;
      }
    }
    return any;
  }

  /** Returns whether this manager has an entry that comes from the origin. */
  boolean serves(FollowedOrigin origin) {
    return ties.values().stream().anyMatch(t -> t.origin == origin);
  }

  boolean isTied(EntryName entry) {
    return ties.containsKey(entry);
  }

  /** Returns whether this manager has an entry that stands for the alias of the origin. */
  boolean serves(FollowedOrigin origin, String alias) {
    return ties.values().stream().anyMatch(t -> t.origin == origin && t.alias.equals(alias));
  }

  /**
   * Has the manager serve what its origins hold now.
   *
   * @return whether anything changed
   */
  boolean update() throws GeneralSecurityException {
    RotatingKeyManager live = manager.get();
    if (live == null) {
      return false;
    }
    Map<EntryName, Identity> replaced = new LinkedHashMap<>();
    for (Map.Entry<EntryName, Tie> entry : ties.entrySet()) {
      Tie tie = entry.getValue();
      Identity now = tie.origin.identity(tie.alias);
      if (now != null && !now.chain().equals(tie.own)) {
        replaced.put(entry.getKey(), now);
      }
    }
    if (replaced.equals(live.replaced())) {
      return false;
    }
    live.serve(replaced);
    return true;
  }
}
