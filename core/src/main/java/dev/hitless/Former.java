package dev.hitless;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which identities an origin holds and has held, so that a server that makes a new
 * context of keys it read long ago is followed at once. Bounded.
 *
 * <p>Owned by the hitless thread.
 */
final class Former {
  private static final int MOST = 10_000;

  private final Map<Fingerprint, Place> places =
      new LinkedHashMap<Fingerprint, Place>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Place> eldest) {
          return size() > MOST;
        }
      };

  /** Where an identity is, or was. */
  static final class Place {
    final FollowedOrigin origin;
    final String alias;

    Place(FollowedOrigin origin, String alias) {
      this.origin = origin;
      this.alias = alias;
    }

    boolean isSame(Place other) {
      return origin == other.origin && alias.equals(other.alias);
    }

    @Nullable Identity identity() {
      return origin.identity(alias);
    }
  }

  void put(Fingerprint fingerprint, FollowedOrigin origin, String alias) {
    places.put(fingerprint, new Place(origin, alias));
  }

  /** Has all that one place holds and has held be found at another from now on. */
  void move(Place from, Place to) {
    places.replaceAll((fingerprint, place) -> place.isSame(from) ? to : place);
  }

  @Nullable Place get(Fingerprint fingerprint) {
    return places.get(fingerprint);
  }
}
