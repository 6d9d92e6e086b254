package dev.hitless;

import dev.hitless.follow.FollowSummary;
import dev.hitless.follow.Follower;
import dev.hitless.follow.FoundTrust;
import dev.hitless.follow.Generation;
import dev.hitless.follow.GenerationListener;
import dev.hitless.follow.Judge;
import dev.hitless.follow.Refusal;
import dev.hitless.follow.TrustOrigin;
import dev.hitless.material.Trust;
import dev.hitless.serve.RotatingTrust;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An origin of trusted certificates that is followed, with all that trusts what it holds; refers to
 * that weakly.
 *
 * <p>Owned by the hitless thread; {@link #summary}, {@link #origin}, {@link #trust}, {@link
 * #generation} and {@link #users} may be called by any.
 */
final class FollowedTrust implements GenerationListener<Trust> {
  private static final int FEW = 64;

  private final TrustOrigin origin;
  private final Follower<Trust> follower;
  private final TrustRotations rotations;
  private final Consumer<FollowedTrust> changed;
  private final List<WeakReference<RotatingTrust>> users = new CopyOnWriteArrayList<>();
  private int crowded = FEW; // an application may make and drop contexts by the thousand
  private volatile Trust trust;
  private volatile @Nullable Generation<Trust> served; // null as long as it is the first

  /**
   * Starts from what was found.
   *
   * @param own what the application itself read; if the origin holds something else by now, that
   *     has to pass the judge
   * @param changed is told, on the hitless thread, after the origin came to hold something else
   */
  FollowedTrust(
      FoundTrust found,
      Trust own,
      Judge<Trust> judge,
      Clock clock,
      TrustRotations rotations,
      Consumer<FollowedTrust> changed) {
    this.changed = changed;
    this.origin = found.origin();
    this.rotations = rotations;
    this.trust = own;
    this.follower =
        new Follower<>(
            origin, own, found.trust().equals(own) ? found.digest() : null, judge, clock, this);
  }

  TrustOrigin origin() {
    return origin;
  }

  Follower<Trust> follower() {
    return follower;
  }

  /** Returns the generation in use; what the follower calls so may be one behind. */
  Generation<Trust> generation() {
    Generation<Trust> now = served;
    return now != null ? now : follower.generation();
  }

  FollowSummary<Trust> summary() {
    return follower.summary();
  }

  Trust trust() {
    return trust;
  }

  void add(RotatingTrust user) {
    if (users.size() >= crowded) {
      users.removeIf(known -> known.get() == null);
      crowded = Math.max(FEW, users.size() * 2);
    }
    if (!users().contains(user)) {
      users.add(new WeakReference<>(user));
    }
  }

  /** Returns what trusts it and is still in use; a new list. */
  List<RotatingTrust> users() {
    List<RotatingTrust> live = new ArrayList<>();
    for (WeakReference<RotatingTrust> known : users) {
      RotatingTrust user = known.get();
      if (user != null) {
        live.add(user);
      }
    }
    return live;
  }

  @Override
  public void accepted(Generation<Trust> generation) {
    Trust before = follower.generation().material(); // until this comes to an end
    trust = generation.material();
    served = generation;
    rotations.rotate(this, before, generation);
    changed.accept(this);
  }

  @Override
  public void refused(Refusal refusal) {
    rotations.refused(refusal);
  }

  @Override
  public void healed() {
    rotations.healed(this);
  }
}
