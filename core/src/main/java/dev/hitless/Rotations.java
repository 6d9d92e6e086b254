package dev.hitless;

import dev.hitless.follow.Generation;
import dev.hitless.follow.Refusal;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.serve.Interceptor;
import dev.hitless.session.OpenSslContexts;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Puts a generation in service, proves it, and only then says so.
 *
 * <p>Owned by the hitless thread.
 */
final class Rotations {
  private static final int MOST_PROOFS = 100;

  private final Log log;
  private final Counters counters;
  private final Clock clock;
  private final Set<Object> notCovered =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private final Former former;
  private final Interceptor interceptor;
  private final Sessions sessions;
  private final OpenSslContexts openSsl;
  private final Executor hitlessThread;
  private final Looks looks;

  Rotations(
      Log log,
      Counters counters,
      Clock clock,
      Former former,
      Interceptor interceptor,
      Sessions sessions,
      OpenSslContexts openSsl,
      Executor hitlessThread) {
    this.openSsl = openSsl;
    this.hitlessThread = hitlessThread;
    this.log = log;
    this.counters = counters;
    this.clock = clock;
    this.former = former;
    this.looks = new Looks(log, counters, former, interceptor.foreignCode());
    openSsl.tomcat().judgeBy(looks);
    this.interceptor = interceptor;
    this.sessions = sessions;
  }

  /** Returns how many live contexts still present a former certificate. */
  int notCovered() {
    return notCovered.size();
  }

  /** Returns how many contexts of Tomcat's OpenSSL present an identity; for any thread. */
  int contextsOfTomcat(Identity identity) {
    return openSsl.tomcat().presenting(identity.fingerprint());
  }

  void rotate(
      FollowedOrigin origin,
      Map<String, Identity> before,
      Generation<Map<String, Identity>> generation) {
    for (String warning : generation.warnings()) {
      log.warn(origin.origin().describe() + ": " + warning);
    }
    for (BoundManager bound : origin.managers()) {
      update(bound);
    }
    generation
        .material()
        .forEach((alias, identity) -> former.put(identity.fingerprint(), origin, alias));
    generation
        .material()
        .forEach(
            (alias, identity) -> {
              Identity old = before.get(alias);
              if (old != null && !old.equals(identity)) {
                Set<SSLContext> contexts = contexts(origin, alias, identity);
                if (contexts.isEmpty()) {
                  // One may be made and not yet bound: the tasks that wait come first.
                  hitlessThread.execute(
                      () ->
                          conclude(
                              origin,
                              contexts(origin, alias, identity),
                              old,
                              identity,
                              generation));
                } else {
                  conclude(origin, contexts, old, identity, generation);
                }
              }
            });
  }

  private void conclude(
      FollowedOrigin origin,
      Set<SSLContext> contexts,
      Identity old,
      Identity next,
      Generation<Map<String, Identity>> generation) {
    sessions.identityRotated(contexts, old, next);
    openSsl.tomcat().renew(log);
    prove(origin, contexts, old, next, generation);
  }

  /** Runs what a rotation will run once, so that the first one is not slowed by cold code. */
  void rehearse(FollowedOrigin origin) {
    openSsl.tomcat().renew(log); // has each context looked at that is new
    origin
        .identities()
        .forEach(
            (alias, identity) -> {
              for (SSLContext context : origin.contexts(alias)) {
                looks.presented(context::createSSLEngine, identity);
                return;
              }
            });
  }

  /** Has a manager serve what its origins hold now; returns whether it does. */
  boolean update(BoundManager bound) {
    try {
      bound.update();
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      counters.failures.increment();
      log.error(
          "a key manager of the server refuses the new identity and serves on with the one before ("
              + e
              + "); put a certificate in its place that the server could have been started with");
      return false;
    }
  }

  private void prove(
      FollowedOrigin origin,
      Set<SSLContext> contexts,
      Identity old,
      Identity next,
      Generation<Map<String, Identity>> generation) {
    Tally tally = new Tally(old, next);
    for (SSLContext context : contexts) {
      tally.total++;
      tally.look(context, context::createSSLEngine, true);
    }
    openSsl
        .netty()
        .lookAtServers(
            (context, engines) -> tally.look(context, engines, false),
            cause -> log.debug("a context of Netty could not be looked at: " + cause));
    openSsl
        .tomcat()
        .lookAtServers(
            next.fingerprint(), (context, engines) -> tally.look(context, engines, false), log);
    report(origin, old, next, generation, tally);
  }

  /** What the contexts present after a rotation. */
  private final class Tally {
    private final Identity old;
    private final Identity next;
    private int left = MOST_PROOFS;
    int proved;
    int stale;
    int beside;
    int total;

    Tally(Identity old, Identity next) {
      this.old = old;
      this.next = next;
    }

    /**
     * Looks at one context.
     *
     * @param ours whether it is known to present this identity, and has been counted; others may
     *     present any
     */
    void look(Object context, Supplier<SSLEngine> engines, boolean ours) {
      if (left-- <= 0) {
        return;
      }
      Fingerprint presented = looks.presented(engines, next);
      if (next.fingerprint().equals(presented)) {
        proved++;
        notCovered.remove(context);
      } else if (old.fingerprint().equals(presented)) {
        stale++;
        notCovered.add(context);
      } else {
        beside += ours && presented != null && looks.isCurrent(presented) ? 1 : 0;
        return;
      }
      total += ours ? 0 : 1;
    }
  }

  private Set<SSLContext> contexts(FollowedOrigin origin, String alias, Identity next) {
    Set<SSLContext> contexts = origin.contexts(alias);
    if (contexts.isEmpty()) {
      // The JVM's default context takes its key manager without passing by SSLContext.init.
      for (SSLContext context : interceptor.defaultContexts()) {
        if (next.fingerprint().equals(looks.presented(context::createSSLEngine, next))) {
          contexts.add(context);
        }
      }
    }
    return contexts;
  }

  private void report(
      FollowedOrigin origin,
      Identity old,
      Identity next,
      Generation<Map<String, Identity>> generation,
      Tally tally) {
    int proved = tally.proved;
    int stale = tally.stale;
    if (stale > 0) {
      counters.notCovered.increment();
      log.warn(
          "not covered: "
              + stale
              + " of "
              + tally.total
              + " contexts still present "
              + old.fingerprint()
              + " of "
              + origin.origin().describe()
              + "; the server copied its key where hitless does not reach, restart it to have the new"
              + " certificate");
    }
    if (proved == 0) {
      if (tally.total == 0) {
        log.warn(
            "in service but not proved: no live SSLContext was made of "
                + origin.origin().describe()
                + ", so nothing shows "
                + next.fingerprint()
                + "; if openssl s_client shows the former certificate, a native TLS library has"
                + " copied the key, and a restart is needed");
      } else if (stale == 0 && tally.beside > 0) {
        counters.rotations.increment();
        log.info(
            "in service "
                + next.leaf().getSubjectX500Principal()
                + " "
                + Names.of(next.leaf())
                + ", "
                + next.fingerprint()
                + " after "
                + old.fingerprint()
                + ", of "
                + origin.origin().describe()
                + "; the proof was shown another certificate that is current, since this server chooses"
                + " between them by rules of its own");
      } else if (stale == 0) {
        log.warn(
            "served but not proved: no context shows "
                + next.fingerprint()
                + " of "
                + origin.origin().describe()
                + " in an in-memory handshake; look at it with openssl s_client");
      }
      return;
    }
    counters.rotations.increment();
    log.info(
        "rotated "
            + next.leaf().getSubjectX500Principal()
            + " "
            + Names.of(next.leaf())
            + " from "
            + old.fingerprint()
            + " to "
            + next.fingerprint()
            + ", valid until "
            + next.leaf().getNotAfter().toInstant()
            + ", generation "
            + generation.number()
            + " of "
            + origin.origin().describe()
            + ", proved in "
            + proved
            + (tally.total == 1 ? " context " : " of " + tally.total + " contexts ")
            + Elapsed.sinceChange(origin.origin().files(), generation.changed(), clock)
            + " ms after the change");
  }

  void refused(FollowedOrigin origin, Refusal refusal) {
    counters.refusals.increment();
    log.warn("refused: " + refusal.reason());
  }

  void healed(FollowedOrigin origin) {
    openSsl.tomcat().renew(log);
    log.info("healed: " + origin.origin().describe() + " holds what is served again");
  }
}
