package dev.hitless;

import dev.hitless.policy.LeafNames;
import dev.hitless.policy.NamesServed;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.RotatingKeyManager;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * The names of what rotating key managers serve. They are read once in each generation, by the
 * first handshake that must know them.
 *
 * <p>Called on the threads of handshakes. Thread-safe; takes no lock. What cannot be told, for
 * whatever reason, fails no handshake.
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
