package dev.hitless;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Trust;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which origins hold or have held a set of trusted certificates, and by what they were
 * found, so that a trust manager that is made of what was read long ago is followed at once.
 * Bounded.
 *
 * <p>Owned by the hitless thread.
 */
final class FormerTrust {
  private static final int MOST_SETS = 1_000;
  private static final int MOST_PLACES = 8;

  private final Map<Fingerprint, Known> sets =
      new LinkedHashMap<Fingerprint, Known>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Known> eldest) {
          return size() > MOST_SETS;
        }
      };

  /** What is known of one set. */
  private static final class Known {
    /** Where it is, or was, and what had been opened when it was bound; the latest first. */
    final Map<FollowedTrust, Openings> places = new LinkedHashMap<>();

    long searchedMillis;
  }

  /** Notes where a set was found. */
  void put(Trust own, FollowedTrust origin, Openings seen) {
    Known known = sets.computeIfAbsent(own.fingerprint(), f -> new Known());
    Map<FollowedTrust, Openings> before = new LinkedHashMap<>(known.places);
    known.places.clear();
    known.places.put(origin, seen);
    for (Map.Entry<FollowedTrust, Openings> place : before.entrySet()) {
      if (known.places.size() < MOST_PLACES) {
        known.places.putIfAbsent(place.getKey(), place.getValue());
      }
    }
    if (seen.loaded() == null) {
      known.searchedMillis = Math.max(known.searchedMillis, seen.atMillis());
    }
  }

  /** Returns where the set was found, the latest first; empty if never. */
  List<FollowedTrust> all(Trust own) {
    Known known = sets.get(own.fingerprint());
    return known == null ? Collections.emptyList() : new ArrayList<>(known.places.keySet());
  }

  /**
   * Returns where a set is, if that is known from the same loading of a KeyStore, or nothing has
   * been opened since it was searched for; else null.
   */
  @Nullable FollowedTrust of(Trust own, Openings seen) {
    Known known = sets.get(own.fingerprint());
    if (known == null) {
      return null;
    }
    Openings loaded = seen.loaded();
    for (Map.Entry<FollowedTrust, Openings> place : known.places.entrySet()) {
      boolean same =
          loaded != null
              ? place.getValue().loaded() == loaded
              : known.places.size() == 1 && known.searchedMillis >= seen.atMillis();
      if (same) {
        return place.getKey();
      }
    }
    return null;
  }

  /**
   * Returns what has held the set and was opened later than another file; null if there is none.
   *
   * @param index how many files were opened later than the other one
   */
  @Nullable FollowedTrust before(Trust own, Openings loaded, int index) {
    FollowedTrust nearest = null;
    int least = index;
    for (FollowedTrust origin : all(own)) {
      int at = loaded.indexOf(origin.origin().files());
      if (at < least) {
        nearest = origin;
        least = at;
      }
    }
    return nearest;
  }

  /**
   * Returns until when what was opened has been searched for the set, in milliseconds since 1970; 0
   * if never.
   */
  long searchedMillis(Trust own) {
    Known known = sets.get(own.fingerprint());
    return known == null ? 0 : known.searchedMillis;
  }
}
