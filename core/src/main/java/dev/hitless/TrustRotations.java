package dev.hitless;

import dev.hitless.follow.Generation;
import dev.hitless.follow.Refusal;
import dev.hitless.material.Trust;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.serve.RotatingTrust;
import dev.hitless.serve.TrustChanges;
import dev.hitless.serve.TrustInterceptor;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Puts a generation of trusted certificates in use, looks whether it is, and only then says so.
 *
 * <p>Owned by the hitless thread.
 */
final class TrustRotations {
  private final Log log;
  private final Counters counters;
  private final Clock clock;
  private final TrustInterceptor interceptor;
  private final TrustChanges changes;

  TrustRotations(
      Log log, Counters counters, Clock clock, TrustInterceptor interceptor, TrustChanges changes) {
    this.log = log;
    this.counters = counters;
    this.clock = clock;
    this.interceptor = interceptor;
    this.changes = changes;
  }

  void rotate(FollowedTrust origin, Trust before, Generation<Trust> generation) {
    Trust now = generation.material();
    for (String warning : generation.warnings()) {
      log.warn("trust of " + origin.origin().describe() + ": " + warning);
    }
    List<RotatingTrust> users = origin.users();
    Set<SSLContext> trusted = new LinkedHashSet<>();
    Set<SSLContext> possible = new LinkedHashSet<>();
    int proved = 0;
    for (RotatingTrust user : users) {
      update(user, now);
      possible.addAll(interceptor.possibleContexts(user));
      if (user.accepted().equals(now.certificates())) {
        proved++;
        trusted.addAll(interceptor.contexts(user));
      }
    }
    int gone = before.without(now).size();
    if (gone > 0 && !users.isEmpty()) {
      changes.trustShrunk(possible, origin.origin().describe());
    } else if (!users.isEmpty()) {
      changes.trustGrew();
    }
    report(origin, before, generation, proved, users.size(), trusted.size());
  }

  /**
   * Has one that was made just now trust what its origin holds now. It may have been asked before:
   * whom it let in by what the origin no longer holds must not come back by a session.
   */
  void join(RotatingTrust user, Trust own, FollowedTrust origin) {
    update(user, origin.trust());
    if (user.wasAsked() && own.without(origin.trust()).size() > 0) {
      changes.trustShrunk(interceptor.contexts(user), origin.origin().describe());
    }
  }

  /** Has it trust what its origin holds now; if it cannot, it stays as it is. */
  private void update(RotatingTrust user, Trust now) {
    try {
      if (!user.accepted().equals(now.certificates())) {
        user.serve(now);
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      counters.failures.increment();
      log.error(
          "the trust manager of "
              + user.describe()
              + " refuses the new set and trusts on what it did ("
              + e
              + "); put a set in its place that the application could have been started with");
    }
  }

  private void report(
      FollowedTrust origin,
      Trust before,
      Generation<Trust> generation,
      int proved,
      int users,
      int contexts) {
    Trust now = generation.material();
    if (proved < users) {
      return; // update has said why
    }
    counters.trustRotations.increment();
    log.info(
        "trust of "
            + origin.origin().describe()
            + ": "
            + certificates(now)
            + ", +"
            + now.without(before).size()
            + " -"
            + before.without(now).size()
            + ", generation "
            + generation.number()
            + ", SHA-256 "
            + now.fingerprint()
            + ", "
            + (contexts > 0
                ? "trusted in " + contexts + (contexts == 1 ? " context" : " contexts")
                : "trusted by " + proved + (proved == 1 ? " trust manager" : " trust managers"))
            + " "
            + Elapsed.sinceChange(origin.origin().files(), generation.changed(), clock)
            + " ms after the change");
  }

  /** Returns how many live contexts are known to trust what the origin holds. */
  int contexts(FollowedTrust origin) {
    Set<SSLContext> contexts = new LinkedHashSet<>();
    for (RotatingTrust user : origin.users()) {
      contexts.addAll(interceptor.contexts(user));
    }
    return contexts.size();
  }

  static String certificates(Trust trust) {
    return trust.size() + (trust.size() == 1 ? " certificate" : " certificates");
  }

  void refused(Refusal refusal) {
    counters.refusals.increment();
    log.warn("refused: " + refusal.reason());
  }

  void healed(FollowedTrust origin) {
    log.info("healed: " + origin.origin().describe() + " holds what is trusted again");
  }
}
