package dev.hitless.follow;

import java.time.Instant;
import java.util.Collections;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets anything take the place of what is in force; what may be half a file only once it has
 * lasted.
 *
 * <p>Not thread-safe: owned by the hitless thread.
 *
 * @param <M> what the file holds
 */
public final class SettlingJudge<M> implements Judge<M> {
  private final BiPredicate<M, M> mayBeHalf;
  private final String lastKnownGood;
  private @Nullable M held;
  private long heldSince;

  /**
   * Creates the judge of one origin.
   *
   * @param mayBeHalf tells, of what is in force and what was found, whether this may be the middle
   *     of a rewrite
   * @param lastKnownGood what stays while the file is bad, for a person
   */
  public SettlingJudge(BiPredicate<M, M> mayBeHalf, String lastKnownGood) {
    this.mayBeHalf = mayBeHalf;
    this.lastKnownGood = lastKnownGood;
  }

  @Override
  public Judgement<M> judge(M served, M found, Instant now, long nanos) {
    if (!found.equals(served) && mayBeHalf.test(served, found) && !hasLasted(found, nanos)) {
      return new Judgement<>(served, true, Collections.emptyList(), Collections.emptyList());
    }
    forget();
    return new Judgement<>(found, false, Collections.emptyList(), Collections.emptyList());
  }

  private boolean hasLasted(M found, long nanos) {
    if (!found.equals(held)) {
      held = found;
      heldSince = nanos;
    }
    return nanos - heldSince >= Follower.SETTLE_NANOS;
  }

  @Override
  public void forget() {
    held = null;
  }

  @Override
  public String lastKnownGood() {
    return lastKnownGood;
  }
}
