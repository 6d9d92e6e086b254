package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.FoundTrust;
import dev.hitless.follow.Hints;
import dev.hitless.follow.TrustFinder;
import dev.hitless.follow.TrustJudge;
import dev.hitless.follow.TrustOrigin;
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
  /** Files that are replaced together may be so one by one. */
  private static final Duration APART = Duration.ofSeconds(5);

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
  private final TrustRivals rivals;
  private final FormerTrust former = new FormerTrust();

  /** The JVM's own trust store, which may hold the same set as a file of the application's. */
  private final FormerTrust formerStandard = new FormerTrust();

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
    this.rivals = new TrustRivals(loop, presented, clock, APART, log::warnOnce);
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

  /**
   * Binds what was made just now; the JDK's own certificates a little later.
   *
   * @param seen what had been opened when it was made
   */
  void found(RotatingTrust user, Openings seen) {
    if (user.isStandard() && configured.isStandardUnnamed()) {
      later(user, seen, UNHURRIED);
    } else {
      bind(user, seen);
    }
  }

  private void later(RotatingTrust user, Openings seen, Duration delay) {
    WeakReference<RotatingTrust> weak = new WeakReference<>(user);
    loop.later(
        () -> {
          RotatingTrust live = weak.get();
          if (live != null) {
            bind(live, seen);
          }
        },
        delay);
  }

  private void bind(RotatingTrust user, Openings seen) {
    Set<X509Certificate> own = user.own();
    if (own.isEmpty()) {
      return;
    }
    Trust trust = Trust.of(own);
    FollowedTrust origin = origin(user, trust, seen);
    if (origin == null) {
      notFound(user, trust, seen);
      return;
    }
    unbound.remove(trust.fingerprint());
    origin.add(user);
    rotations.join(user, trust, origin);
  }

  private @Nullable FollowedTrust origin(RotatingTrust user, Trust own, Openings seen) {
    FormerTrust places = user.isStandard() ? formerStandard : former;
    List<FollowedTrust> all = places.all(own);
    FollowedTrust latest = all.isEmpty() ? null : all.get(0);
    FollowedTrust known = user.isStandard() ? latest : places.of(own, seen);
    if (known != null) {
      return known;
    }
    if (latest == null && !unbound.worthSearching(own.fingerprint())) {
      return null;
    }
    FollowedTrust origin = search(user, own, seen);
    if (origin == null && latest != null) {
      origin = latest;
      List<TrustOrigin> others = new ArrayList<>();
      all.subList(1, all.size()).forEach(other -> others.add(other.origin()));
      rivals.add(latest, others, own);
    }
    if (origin != null) {
      places.put(own, origin, seen);
    }
    return origin;
  }

  private @Nullable FollowedTrust search(RotatingTrust user, Trust own, Openings seen) {
    FoundTrust found = configured.find(own);
    if (found == null && user.isStandard()) {
      found = configured.findStandard(own, seen.atMillis());
    }
    if (found != null) {
      return follow(found, user, own);
    }
    if (user.isStandard() && configured.isStandardUnnamed()) {
      return null;
    }
    Hints hints = clues.hints(Collections.<char[]>emptyList());
    Openings loaded = seen.loaded();
    FollowedTrust origin = loaded == null ? null : whereLoaded(user, own, hints, loaded);
    return origin != null ? origin : opened(user, own, hints, seen);
  }

  /** Finds the file that a KeyStore was loaded from: the one opened last before that. */
  private @Nullable FollowedTrust whereLoaded(
      RotatingTrust user, Trust own, Hints hints, Openings loaded) {
    TrustFinder finder = new TrustFinder(hints.with(loaded.fresh()), own.certificates());
    FoundTrust found = finder.nearest();
    boolean sure = found != null && finder.rivals(found).isEmpty();
    if (!sure) {
      finder = new TrustFinder(hints.with(loaded.files()), own.certificates());
      found = finder.nearest();
    }
    int index = found == null ? loaded.files().size() : loaded.indexOf(found.origin().files());
    FollowedTrust held = former.before(own, loaded, index);
    if (held != null || found == null) {
      return held; // it was read before it was replaced
    }
    FollowedTrust origin = follow(found, user, own);
    if (!sure) {
      rivals.add(origin, finder.rivals(found), own);
    }
    return origin;
  }

  /** Finds the file that was opened last since the same set was bound before, or at any time. */
  private @Nullable FollowedTrust opened(
      RotatingTrust user, Trust own, Hints hints, Openings seen) {
    long since = former.searchedMillis(own);
    TrustFinder finder = new TrustFinder(hints.with(seen.after(since)), own.certificates());
    FoundTrust found = finder.nearest();
    if (found == null) {
      finder = new TrustFinder(hints.between(since, seen.atMillis()), own.certificates());
      found = finder.find();
    }
    if (found == null && since == 0) {
      finder = new TrustFinder(hints, own.certificates());
      found = finder.find();
    }
    if (found == null) {
      return null;
    }
    FollowedTrust origin = follow(found, user, own);
    rivals.add(origin, finder.rivals(found), own);
    return origin;
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
            rotations,
            rivals::changed);
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

  private void notFound(RotatingTrust user, Trust own, Openings seen) {
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
      later(user, seen, again);
    }
  }
}
