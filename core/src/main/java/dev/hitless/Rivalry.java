package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.Gate;
import dev.hitless.follow.Refusal;
import dev.hitless.follow.Verdict;
import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.report.Log;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of several files that held the same certificate is served from: an application may open
 * copies of its keystore, and nothing but time tells which of them is renewed.
 *
 * <p>One of them leads, and is served from; the others are followed in silence. When one of these
 * comes to hold a certificate that was issued no earlier than the one served, names it, was not
 * served before, and passes the gate, and the leader does not come to hold the same within a
 * second, it takes the leader's place, for good unless the leader is renewed later. So the file
 * that is renewed is served from whichever was found first, and what a copy keeps of former
 * certificates never comes back.
 *
 * <p>Owned by the hitless thread; {@link #isSilent} may be called by any.
 */
final class Rivalry {
  private static final Duration SETTLED = Duration.ofSeconds(1);
  private static final int MOST_RIVALS = 8;

  private final FollowLoop loop;
  private final Gate gate;
  private final Clock clock;
  private final Log log;
  private final Former former;
  private final Rotations rotations;
  private final Set<FollowedOrigin> silent = ConcurrentHashMap.newKeySet();
  private final List<Contest> contests = new ArrayList<>();

  Rivalry(FollowLoop loop, Gate gate, Clock clock, Log log, Former former, Rotations rotations) {
    this.loop = loop;
    this.gate = gate;
    this.clock = clock;
    this.log = log;
    this.former = former;
    this.rotations = rotations;
  }

  /** The places that held one certificate, and the one of them that is served from. */
  private static final class Contest {
    Former.Place leader;
    final List<Former.Place> rivals = new ArrayList<>();

    Contest(Former.Place leader) {
      this.leader = leader;
    }
  }

  /** Returns whether nothing is served from an origin, so that nothing is said of it. */
  boolean isSilent(FollowedOrigin origin) {
    return silent.contains(origin);
  }

  void silence(FollowedOrigin origin) {
    silent.add(origin);
  }

  void lead(FollowedOrigin origin) {
    silent.remove(origin);
  }

  /** Watches a place beside the one that is served from. */
  void add(Former.Place leader, Former.Place rival) {
    Contest contest = of(leader);
    if (!rival.isSame(leader)
        && contest.rivals.size() < MOST_RIVALS
        && contest.rivals.stream().noneMatch(rival::isSame)) {
      contest.rivals.add(rival);
      weighLater(contest, rival);
    }
  }

  private Contest of(Former.Place leader) {
    for (Contest contest : contests) {
      if (contest.leader.isSame(leader)) {
        return contest;
      }
    }
    Contest contest = new Contest(leader);
    contests.add(contest);
    return contest;
  }

  /** An origin has a new generation. */
  void changed(FollowedOrigin origin) {
    for (Contest contest : contests) {
      for (Former.Place rival : contest.rivals) {
        if (rival.origin == origin) {
          weighLater(contest, rival);
        }
      }
    }
  }

  /** The files of an origin that nothing is served from are no better than what they held. */
  void refused(Refusal refusal) {
    log.debug("of a file that is watched only: " + refusal.reason());
  }

  private void weighLater(Contest contest, Former.Place rival) {
    loop.later(() -> weigh(contest, rival), SETTLED);
  }

  private void weigh(Contest contest, Former.Place rival) {
    Identity served = contest.leader.identity();
    Identity next = rival.identity();
    if (served == null || next == null || !contest.rivals.contains(rival)) {
      return;
    }
    Former.Place holder = former.get(next.fingerprint());
    boolean servedBefore = holder != null && holder.origin != rival.origin;
    if (served.fingerprint().equals(next.fingerprint())
        || servedBefore
        || issued(next).isBefore(issued(served))) {
      return;
    }
    String worse = worse(served, next);
    if (worse == null) {
      takeOver(contest, rival);
    } else {
      log.warnOnce(
          rival.origin.origin().describe()
              + ", which held the same certificate as "
              + contest.leader.origin.origin().describe()
              + ", now holds "
              + next.fingerprint()
              + ", which is not served: "
              + worse);
    }
  }

  private @Nullable String worse(Identity served, Identity next) {
    if (Collections.disjoint(names(served.leaf()), names(next.leaf()))) {
      return "It is for other names; to serve it, bind it with hitless.identity.<name>.… and .for.";
    }
    Verdict verdict = gate.judge(served, next, clock.instant());
    return verdict.kind() == Verdict.Kind.REFUSE ? verdict.reason() : null;
  }

  private static List<String> names(X509Certificate leaf) {
    List<String> names = new ArrayList<>(Names.of(leaf));
    names.add(leaf.getSubjectX500Principal().getName());
    return names;
  }

  private static java.time.Instant issued(Identity identity) {
    return identity.leaf().getNotBefore().toInstant();
  }

  private void takeOver(Contest contest, Former.Place rival) {
    Former.Place old = contest.leader;
    Identity before = old.origin.identity(old.alias);
    for (BoundManager bound : old.origin.managers()) {
      if (bound.retie(old, rival)) {
        rival.origin.add(bound);
      }
    }
    former.move(old, rival);
    for (Contest other : contests) {
      if (other.leader.isSame(old)) {
        other.leader = rival;
        other.rivals.remove(rival);
        other.rivals.add(old);
      }
    }
    lead(rival.origin);
    if (old.origin.managers().stream().noneMatch(bound -> bound.serves(old.origin))) {
      silence(old.origin);
    }
    log.info(
        "following "
            + rival.origin.origin().describe()
            + " instead of "
            + old.origin.origin().describe()
            + ": both held the same certificate, and this one was renewed");
    if (before != null) {
      rotations.rotate(
          rival.origin, Collections.singletonMap(rival.alias, before), rival.origin.generation());
    }
  }
}
