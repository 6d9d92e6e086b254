package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.renew.ExpiryReports;
import dev.hitless.renew.ExpiryStage;
import dev.hitless.renew.Renewal;
import dev.hitless.renew.RenewalLoop;
import dev.hitless.renew.RenewalStatus;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.renew.publish.Target;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has what is followed renewed, by a daemon thread of its own that starts with the first identity
 * that some issuer may renew; and says of the others, without any further thread, that they come to
 * their end.
 *
 * <p>Owned by the hitless thread; {@link #status} and {@link #stop} may be called by any.
 */
final class Renewals {
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** News of many origins may come at once, and each report looks at all of them. */
  private static final Duration SHORTLY = Duration.ofMillis(100);

  private static final Duration LEAST = Duration.ofSeconds(1);

  private final RenewalSetup setup;
  private final @Nullable ThreadGroup group;
  private final FollowLoop loop;
  private final Supplier<List<FollowedOrigin>> followed;
  private final Log log;
  private final RenewalLoop renewing;
  private final ExpiryReports expiry;
  private final Runnable chore = this::reportExpiry;
  private final Set<Fingerprint> said = new HashSet<>();
  private boolean started;

  Renewals(
      RenewalSetup setup,
      @Nullable ThreadGroup group,
      FollowLoop loop,
      Supplier<List<FollowedOrigin>> followed,
      Clock clock,
      Log log,
      Counters counters) {
    this.setup = setup;
    this.group = group;
    this.loop = loop;
    this.followed = followed;
    this.log = log;
    this.expiry = new ExpiryReports(setup.window(), clock, this::tell);
    this.renewing =
        new RenewalLoop(
            clock,
            (what, cause) -> {
              counters.failures.increment();
              log.warnOnce(what + ": " + cause + "; what is served stays");
            });
  }

  /** An origin is followed, or what it holds has changed. */
  void noticed(FollowedOrigin origin) {
    if (setup.hasIssuer()) {
      origin.identities().forEach((alias, identity) -> decide(origin, alias, identity));
    }
    loop.later(chore, SHORTLY);
  }

  private void decide(FollowedOrigin origin, String alias, Identity identity) {
    Location location = origin.origin().location();
    Target target = new Target(location, alias);
    try {
      if (setup.selection().includes(location, identity)) {
        renewing.keep(
            target.toString(), new Renewal(target, () -> origin.identity(alias), setup.renewer()));
        start();
        return;
      }
      renewing.drop(target.toString());
      if (said.add(identity.fingerprint())) {
        log.info("not renewed: " + target + ", since " + setup.selection().whyNot(identity));
      }
    } catch (IssuerException e) {
      log.warnOnce(
          "whether "
              + target
              + " is to be renewed cannot be told, and is looked at again: "
              + e.getMessage());
      loop.later(() -> noticed(origin), AGAIN);
    }
  }

  private void start() {
    if (!started) {
      Thread thread = new Thread(group, renewing, "hitless-renew");
      thread.setDaemon(true);
      thread.start();
      started = true;
    }
  }

  private void reportExpiry() {
    Duration next = AGAIN;
    Set<Fingerprint> current = new HashSet<>();
    for (FollowedOrigin origin : followed.get()) {
      for (String alias : origin.identities().keySet()) {
        Identity identity = origin.identity(alias);
        if (identity != null) {
          current.add(identity.fingerprint());
          Target target = new Target(origin.origin().location(), alias);
          String where = target.toString();
          Duration look =
              expiry.look(
                  identity,
                  where,
                  () -> setup.renewer().issued(target, identity.fingerprint()),
                  renewing.get(where) != null);
          next = look.compareTo(next) < 0 ? look : next;
        }
      }
    }
    expiry.retain(current);
    said.retainAll(current);
    loop.later(chore, next.compareTo(LEAST) < 0 ? LEAST : next);
  }

  private void tell(ExpiryStage stage, String line) {
    if (stage == ExpiryStage.OPEN) {
      log.info(line);
    } else if (stage == ExpiryStage.NEAR) {
      log.warn(line);
    } else {
      log.error(line);
    }
  }

  /** Returns how it stands with the renewal of an identity; null if it is not renewed here. */
  @Nullable RenewalStatus status(FollowedOrigin origin, String alias) {
    Renewal renewal = renewing.get(new Target(origin.origin().location(), alias).toString());
    return renewal == null ? null : renewal.status();
  }

  /** Ends the thread, if there is one. */
  void stop() {
    renewing.stop();
  }
}
