package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.Follower;
import dev.hitless.follow.Generation;
import dev.hitless.follow.GenerationListener;
import dev.hitless.follow.Refusal;
import dev.hitless.follow.TrustJudge;
import dev.hitless.follow.TrustOrigin;
import dev.hitless.material.Identity;
import dev.hitless.material.Trust;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The files that a trust manager may have been made of just as well as of the one that it follows,
 * since they held the same and nothing tells which was read. Unlike an identity, what is trusted
 * never passes to another file by itself: whoever may write that one would decide. So they are only
 * watched, and once they differ for good a person is told.
 *
 * <p>Owned by the hitless thread.
 */
final class TrustRivals {
  private static final int MOST = 64;

  private final FollowLoop loop;
  private final Supplier<Collection<Identity>> presented;
  private final Clock clock;
  private final Duration settled;
  private final Consumer<String> warnings;
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * Creates an empty collection.
   *
   * @param presented the identities that this process presents now
   * @param settled how long files may differ before it is told: they may be replaced one by one
   * @param warnings is told each time; the same line again is no news
   */
  TrustRivals(
      FollowLoop loop,
      Supplier<Collection<Identity>> presented,
      Clock clock,
      Duration settled,
      Consumer<String> warnings) {
    this.loop = loop;
    this.presented = presented;
    this.clock = clock;
    this.settled = settled;
    this.warnings = warnings;
  }

  /**
   * Watches files beside the one that is followed.
   *
   * @param own the set that they held, all but those that were replaced meanwhile
   */
  void add(FollowedTrust leader, Collection<TrustOrigin> rivals, Trust own) {
    for (TrustOrigin rival : rivals) {
      String name = rival.describe();
      if (pairs.size() < MOST
          && !name.equals(leader.origin().describe())
          && pairs.stream().noneMatch(pair -> pair.isOf(leader, name))) {
        Pair pair = new Pair(leader, rival, own);
        pairs.add(pair);
        loop.follow(pair.follower);
      }
    }
  }

  /** What is followed has come to hold something else. */
  void changed(FollowedTrust leader) {
    pairs.stream().filter(pair -> pair.leader == leader).forEach(Pair::weighLater);
  }

  private final class Pair implements GenerationListener<Trust> {
    final FollowedTrust leader;
    final Trust own;
    final Follower<Trust> follower;
    private final Runnable weighing = this::weigh;
    private Trust held;

    Pair(FollowedTrust leader, TrustOrigin rival, Trust own) {
      this.leader = leader;
      this.own = own;
      this.held = own;
      this.follower =
          new Follower<>(
              rival, own, null, new TrustJudge(false, rival.tellsWhole(), presented), clock, this);
    }

    boolean isOf(FollowedTrust other, String rival) {
      return leader == other && follower.origin().describe().equals(rival);
    }

    void weighLater() {
      loop.later(weighing, settled);
    }

    private void weigh() {
      if (leader.trust().equals(held) || leader.users().isEmpty()) {
        return;
      }
      String followed = leader.origin().describe();
      String rival = follower.origin().describe();
      warnings.accept(
          followed
              + " and "
              + rival
              + " held the same "
              + TrustRotations.certificates(own)
              + ", SHA-256 "
              + own.fingerprint()
              + ", when the process read one of them, and nothing tells which; now they differ, and"
              + " what the former holds is trusted. If the latter is meant, set"
              + " hitless.trust.<name>.file to it, with .password if it has one, and .for="
              + own.fingerprint());
    }

    @Override
    public void accepted(Generation<Trust> generation) {
      held = generation.material();
      weighLater();
    }

    @Override
    public void refused(Refusal refusal) {
      // Nothing is trusted by what it holds.
    }

    @Override
    public void healed() {
      // As it was.
    }
  }
}
