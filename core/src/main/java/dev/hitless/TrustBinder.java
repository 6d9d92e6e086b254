package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.FoundTrust;
import dev.hitless.follow.Hints;
import dev.hitless.follow.TrustFinder;
import dev.hitless.follow.TrustJudge;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Trust;
import dev.hitless.report.Log;
import dev.hitless.serve.RotatingTrust;
import java.lang.ref.WeakReference;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the certificates that trust managers trust come from, and ties the two together.
 *
 * <p>Owned by the hitless thread; {@link #origins} may be called by any.
 */
final class TrustBinder {
  private static final int MOST_FORMER = 1_000;

  /** Nobody waits for the JDK's own certificates to be followed, while a program starts. */
  private static final Duration UNHURRIED = Duration.ofSeconds(5);

  private final FollowLoop loop;
  private final Clues clues;
  private final ConfiguredTrusts configured;
  private final boolean strict;
  private final Supplier<Collection<Identity>> presented;
  private final Clock clock;
  private final Log log;
  private final TrustRotations rotations;
  private final Unbound unbound;
  private final Map<String, FollowedTrust> origins =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<Fingerprint, Place> former =
      new LinkedHashMap<Fingerprint, Place>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Place> eldest) {
          return size() > MOST_FORMER;
        }
      };

  /**
   * Where a set is, or was, and until when the opened files have been searched for it: two files
   * often hold the same set at first, and the one that was opened last is meant.
   */
  private static final class Place {
    final FollowedTrust origin;
    final long searchedMillis;

    Place(FollowedTrust origin, long searchedMillis) {
      this.origin = origin;
      this.searchedMillis = searchedMillis;
    }
  }

  TrustBinder(
      FollowLoop loop,
      Clues clues,
      ConfiguredTrusts configured,
      boolean strict,
      Supplier<Collection<Identity>> presented,
      Clock clock,
      Log log,
      TrustRotations rotations,
      Unbound unbound) {
    this.loop = loop;
    this.clues = clues;
    this.configured = configured;
    this.strict = strict;
    this.presented = presented;
    this.clock = clock;
    this.log = log;
    this.rotations = rotations;
    this.unbound = unbound;
  }

  /** Returns what is followed, in the order in which it was found. */
  List<FollowedTrust> origins() {
    synchronized (origins) {
      return new ArrayList<>(origins.values());
    }
  }

  /** Returns how many live contexts are known to trust what the origin holds. */
  int contexts(FollowedTrust origin) {
    return rotations.contexts(origin);
  }

  /** Binds what was made just now; the JDK's own certificates a little later. */
  void found(RotatingTrust user, long madeAtMillis) {
    if (user.isStandard() && configured.isStandardUnnamed()) {
      later(user, madeAtMillis, UNHURRIED);
    } else {
      bind(user, madeAtMillis);
    }
  }

  private void later(RotatingTrust user, long madeAtMillis, Duration delay) {
    WeakReference<RotatingTrust> weak = new WeakReference<>(user);
    loop.later(
        () -> {
          RotatingTrust live = weak.get();
          if (live != null) {
            bind(live, madeAtMillis);
          }
        },
        delay);
  }

  private void bind(RotatingTrust user, long madeAtMillis) {
    Set<X509Certificate> own = user.own();
    if (own.isEmpty()) {
      return;
    }
    Trust trust = Trust.of(own);
    FollowedTrust origin = origin(user, trust, madeAtMillis);
    if (origin == null) {
      notFound(user, trust, madeAtMillis);
      return;
    }
    unbound.remove(trust.fingerprint());
    origin.add(user);
    rotations.join(user, trust, origin);
  }

  private @Nullable FollowedTrust origin(RotatingTrust user, Trust own, long madeAtMillis) {
    Place known = former.get(own.fingerprint());
    if (known != null && (user.isStandard() || known.searchedMillis >= madeAtMillis)) {
      return known.origin;
    }
    if (known == null && !unbound.worthSearching(own.fingerprint())) {
      return null;
    }
    FoundTrust found = search(user, own, madeAtMillis, known == null ? 0 : known.searchedMillis);
    FollowedTrust origin = found != null ? follow(found, user, own) : null;
    origin = origin == null && known != null ? known.origin : origin;
    if (origin != null) {
      former.put(own.fingerprint(), new Place(origin, madeAtMillis));
    }
    return origin;
  }

  private @Nullable FoundTrust search(
      RotatingTrust user, Trust own, long madeAtMillis, long searchedMillis) {
    FoundTrust found = configured.find(own);
    if (found == null && user.isStandard()) {
      found = configured.findStandard(own, madeAtMillis);
    }
    if (found == null && !(user.isStandard() && configured.isStandardUnnamed())) {
      Hints hints = clues.hints(Collections.<char[]>emptyList());
      found =
          new TrustFinder(hints.between(searchedMillis, madeAtMillis), own.certificates()).find();
      if (found == null && searchedMillis == 0) {
        found = new TrustFinder(hints, own.certificates()).find();
      }
    }
    return found;
  }

  private FollowedTrust follow(FoundTrust found, RotatingTrust user, Trust own) {
    String name = found.origin().describe();
    FollowedTrust known = origins.get(name);
    if (known != null) {
      return known;
    }
    FollowedTrust origin =
        new FollowedTrust(
            found,
            own,
            new TrustJudge(strict, found.origin().tellsWhole(), presented),
            clock,
            rotations);
    origins.put(name, origin);
    loop.follow(origin.follower());
    String line =
        "following trust of "
            + name
            + ": "
            + TrustRotations.certificates(own)
            + ", SHA-256 "
            + own.fingerprint()
            + (found.trust().equals(own) ? "" : "; it was replaced since the process read it");
    if (user.isStandard() && configured.isStandardUnnamed()) {
      log.debug(line);
    } else {
      log.info(line);
    }
    return origin;
  }

  private void notFound(RotatingTrust user, Trust own, long madeAtMillis) {
    boolean silent = user.isStandard() && configured.isStandardUnnamed();
    Duration again =
        unbound.add(
            own.fingerprint(),
            TrustRotations.certificates(own)
                + ", among them "
                + own.certificates().iterator().next().getSubjectX500Principal(),
            ", trusted by "
                + user.describe()
                + "; to bind them, set hitless.trust.<name>.file, .password and .for="
                + own.fingerprint(),
            user.wasAsked() && !silent ? Unbound.Need.ASKED : Unbound.Need.OPTIONAL);
    if (again != null) {
      later(user, madeAtMillis, again);
    }
  }
}
