package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.Found;
import dev.hitless.follow.Gate;
import dev.hitless.follow.OriginFinder;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.serve.EntryName;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.RotatingKeyManager;
import dev.hitless.session.OpenSslContexts;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the keys of each key manager come from, and ties the two together.
 *
 * <p>Owned by the hitless thread.
 */
final class Binder {
  private static final Duration REHEARSAL = Duration.ofSeconds(1);

  /** After what is followed was looked at for the first time. */
  private static final Duration RIVALS = Duration.ofMillis(50);

  /** When to look for rivals again while files are being replaced. */
  private static final List<Duration> LOOKS_AGAIN =
      Collections.unmodifiableList(Arrays.asList(Duration.ofSeconds(1), Duration.ofSeconds(10)));

  private final FollowLoop loop;
  private final Finders finders;
  private final Configured configured;
  private final Gate gate;
  private final Clock clock;
  private final Log log;
  private final Counters counters;
  private final Former former;
  private final Rotations rotations;
  private final Rivalry rivalry;
  private final Map<String, FollowedOrigin> origins =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<RotatingKeyManager, BoundManager> managers = new WeakHashMap<>();
  private final Unbound unbound;
  private final RenewalSetup setup;
  private final Renewals renewals;

  Binder(
      FollowLoop loop,
      Clues clues,
      Configured configured,
      Gate gate,
      Clock clock,
      Log log,
      Counters counters,
      Interceptor interceptor,
      Unbound unbound,
      RenewalSetup setup,
      Sessions sessions,
      OpenSslContexts openSsl,
      @Nullable ThreadGroup group) {
    this.loop = loop;
    this.finders = new Finders(loop, clues);
    this.configured = configured;
    this.gate = gate;
    this.clock = clock;
    this.log = log;
    this.counters = counters;
    this.former = new Former();
    this.rotations =
        new Rotations(log, counters, clock, former, interceptor, sessions, openSsl, loop);
    this.rivalry = new Rivalry(loop, gate, clock, log, former, rotations);
    this.unbound = unbound;
    this.setup = setup;
    this.renewals = new Renewals(setup, group, loop, this::origins, clock, log, counters);
  }

  /** Returns what is followed, in the order in which it was found. */
  List<FollowedOrigin> origins() {
    synchronized (origins) {
      List<FollowedOrigin> served = new ArrayList<>(origins.values());
      served.removeIf(rivalry::isSilent);
      return served;
    }
  }

  /** Returns the identities that are served now. */
  List<Identity> presented() {
    List<Identity> presented = new ArrayList<>();
    origins().forEach(origin -> presented.addAll(origin.identities().values()));
    return presented;
  }

  /** Returns the managers that are in use, bound or not; on the hitless thread. */
  Set<RotatingKeyManager> managers() {
    return managers.keySet();
  }

  Rotations rotations() {
    return rotations;
  }

  Renewals renewals() {
    return renewals;
  }

  /**
   * Binds every entry of a manager that is not bound yet.
   *
   * @param madeNanos when it was made, or its files are to be looked at again, by {@link
   *     System#nanoTime}
   */
  void bind(RotatingKeyManager manager, long madeNanos) {
    if (manager.hasInner()) {
      return; // what it answers is answered by another of ours
    }
    Map<EntryName, List<X509Certificate>> entries;
    try {
      entries = manager.source().entries(manager);
    } catch (GeneralSecurityException | RuntimeException e) {
      counters.failures.increment();
      log.warnOnce(
          manager.source().describe() + " does not list its keys and is not followed: " + e);
      return;
    }
    BoundManager bound = managers.computeIfAbsent(manager, BoundManager::new);
    Map<EntryName, List<X509Certificate>> missing = new HashMap<>();
    entries.forEach(
        (entry, chain) -> {
          if (!bound.isTied(entry) && !bindToKnown(bound, entry, chain)) {
            missing.put(entry, chain);
          }
        });
    if (!missing.isEmpty()) {
      search(manager, madeNanos, bound, missing);
    }
    rotations.update(bound);
  }

  private boolean bindToKnown(BoundManager bound, EntryName entry, List<X509Certificate> chain) {
    Former.Place place = former.get(Fingerprint.of(chain.get(0)));
    if (place == null) {
      return false;
    }
    tie(bound, entry, chain, place.origin, place.alias);
    return true;
  }

  private void search(
      RotatingKeyManager manager,
      long madeNanos,
      BoundManager bound,
      Map<EntryName, List<X509Certificate>> missing) {
    List<char[]> passwords = manager.source().passwords();
    List<Duration> again = new ArrayList<>();
    missing.forEach(
        (entry, chain) -> {
          if (!unbound.worthSearching(Fingerprint.of(chain.get(0)))) {
            notFound(chain.get(0), manager, again); // the search for another may find it
            return;
          }
          Found configuredAs = configured.find(chain.get(0));
          OriginFinder finder = finders.since(madeNanos, passwords);
          Found opened = configuredAs != null ? configuredAs : finder.find(chain);
          Found found = opened != null ? opened : finders.inNamedDirectories().find(chain);
          if (found == null) {
            notFound(chain.get(0), manager, again);
          } else {
            FollowedOrigin origin = follow(found, manager, entry);
            tie(bound, entry, chain, origin, found.alias());
            former.put(Fingerprint.of(chain.get(0)), origin, found.alias());
            if (configuredAs == null) {
              loop.later(() -> seekRivals(finder, found, chain, LOOKS_AGAIN), RIVALS);
            }
          }
        });
    if (!again.isEmpty()) {
      searchAgain(manager, Collections.min(again)); // once for all that it lacks
    }
  }

  private void notFound(X509Certificate leaf, RotatingKeyManager manager, List<Duration> again) {
    Fingerprint fingerprint = Fingerprint.of(leaf);
    Duration delay =
        unbound.add(
            fingerprint,
            leaf.getSubjectX500Principal() + " " + Names.of(leaf),
            ", served by "
                + manager.source().describe()
                + "; to bind it, set hitless.identity.<name>.keystore (or .cert and .key), .password"
                + " and .for="
                + fingerprint,
            manager.wasAsked() ? Unbound.Need.ASKED : Unbound.Need.EXPECTED);
    if (delay != null) {
      again.add(delay);
    }
  }

  /**
   * Has the files followed, silently, that may be the origin as well. While files are being
   * replaced it looks again, as one may be found that was missing.
   */
  private void seekRivals(
      OriginFinder finder, Found found, List<X509Certificate> chain, List<Duration> looks) {
    Former.Place place = former.get(Fingerprint.of(chain.get(0)));
    Identity served = place == null ? null : place.identity();
    if (place == null || served == null) {
      return;
    }
    for (Found rival : finder.rivals(chain, found)) {
      String name = rival.origin().describe();
      FollowedOrigin origin = origins.get(name);
      if (origin == null) {
        Identity before = rival.exact() ? null : served;
        origin = followed(rival, before);
        rivalry.silence(origin);
        origins.put(name, origin);
        loop.follow(origin.follower());
        log.debug("also watching " + name + ", as it may be the origin of " + found);
      }
      origin.add(rival.alias(), rival.identity());
      rivalry.add(place, new Former.Place(origin, rival.alias()));
    }
    if (finder.isUnsettled() && !looks.isEmpty()) {
      List<Duration> rest = looks.subList(1, looks.size());
      long due = System.nanoTime() + looks.get(0).toNanos();
      loop.later(
          () -> seekRivals(finders.since(due, Collections.emptyList()), found, chain, rest),
          looks.get(0));
    }
  }

  private void searchAgain(RotatingKeyManager manager, Duration delay) {
    WeakReference<RotatingKeyManager> weak = new WeakReference<>(manager);
    long due = System.nanoTime() + delay.toNanos();
    loop.later(
        () -> {
          RotatingKeyManager live = weak.get();
          if (live != null) {
            bind(live, due);
          }
        },
        delay);
  }

  private FollowedOrigin follow(Found found, RotatingKeyManager manager, EntryName entry) {
    String name = found.origin().describe();
    FollowedOrigin known = origins.get(name);
    if (known != null) {
      known.add(found.alias(), found.identity());
      if (rivalry.isSilent(known)) {
        lead(known, found);
      }
      return known;
    }
    Identity served = found.exact() ? null : servedBy(manager, entry);
    FollowedOrigin origin = followed(found, served);
    origins.put(name, origin);
    loop.follow(origin.follower());
    lead(origin, found);
    return origin;
  }

  private FollowedOrigin followed(Found found, @Nullable Identity served) {
    return new FollowedOrigin(
        found,
        new MendingOrigin(found.origin(), setup.repair()),
        served,
        gate,
        clock,
        rotations,
        rivalry,
        renewals::noticed);
  }

  /** Begins to serve from an origin. */
  private void lead(FollowedOrigin origin, Found found) {
    rivalry.lead(origin);
    origin
        .identities()
        .forEach((alias, identity) -> former.put(identity.fingerprint(), origin, alias));
    loop.later(() -> rotations.rehearse(origin), REHEARSAL);
    Identity identity = found.identity();
    log.info(
        "following "
            + origin.origin().describe()
            + ": "
            + identity.leaf().getSubjectX500Principal()
            + " "
            + Names.of(identity.leaf())
            + ", SHA-256 "
            + identity.fingerprint()
            + ", valid until "
            + identity.leaf().getNotAfter().toInstant()
            + (found.exact() ? "" : "; it was replaced since the server read it"));
    renewals.noticed(origin);
  }

  private @Nullable Identity servedBy(RotatingKeyManager manager, EntryName entry) {
    try {
      return manager.source().identity(entry);
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }

  private void tie(
      BoundManager bound,
      EntryName entry,
      List<X509Certificate> chain,
      FollowedOrigin origin,
      String alias) {
    rivalry.lead(origin);
    bound.tie(entry, chain, origin, alias);
    origin.add(bound);
    unbound.remove(Fingerprint.of(chain.get(0)));
  }
}
