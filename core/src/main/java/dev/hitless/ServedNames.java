package dev.hitless;

import dev.hitless.policy.LeafNames;
import dev.hitless.policy.NamesServed;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.RotatingKeyManager;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of what rotating key managers serve. They are read once in each generation, by the
 * first handshake that must know them.
 *
 * <p>Called on the threads of handshakes, but for {@link #ofAll}. Thread-safe; takes no lock. What
 * cannot be told, for whatever reason, fails no handshake.
 */
final class ServedNames implements NamesServed {
  private final Interceptor interceptor;

  ServedNames(Interceptor interceptor) {
    this.interceptor = interceptor;
  }

  @Override
  public @Nullable LeafNames ofContext(@Nullable Object keyManager) {
    return of(Interceptor.rotating(keyManager));
  }

  @Override
  public @Nullable LeafNames ofConnection(@Nullable Object connection) {
    return connection == null ? null : of(interceptor.askedBy(connection));
  }

  /** Returns those of all managers, on the hitless thread; empty if one of them cannot be told. */
  Set<LeafNames> ofAll(Collection<RotatingKeyManager> managers) {
    Set<LeafNames> all = new HashSet<>();
    try {
      for (RotatingKeyManager manager : managers) {
        LeafNames names = interceptor.leavesOf(manager).derived(LeafNames.class, LeafNames::of);
        if (!names.areKnown()) {
          return Collections.emptySet();
        }
        all.add(names);
      }
    } catch (GeneralSecurityException | RuntimeException | Error e) {
      return Collections.emptySet(); // code of the application was asked; the next look asks again
    }
    return all;
  }

  private static @Nullable LeafNames of(@Nullable RotatingKeyManager manager) {
    if (manager == null) {
      return null;
    }
    try {
      return manager.leaves().derived(LeafNames.class, LeafNames::of);
    } catch (GeneralSecurityException | RuntimeException | Error e) {
      return null; // code of the application was asked; the next handshake asks again
    }
  }
}
