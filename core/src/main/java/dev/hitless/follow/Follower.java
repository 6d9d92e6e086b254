package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one origin: reads its files when asked to, and hands what passes the gate to a listener.
 * Content decides, not times of change; a valid generation is served at once, an invalid one is
 * tried again at every call until it heals, while the last known good one stays.
 *
 * <p>Owned by the hitless thread, which runs all of it but {@link #summary}, {@link #generation},
 * {@link #origin} and {@link #toString}; those may be called by any thread. Whatever the listener
 * or the origin throws leaves it as it was, so that the next call tries again.
 *
 * @param <M> what the files of the origin hold
 */
public final class Follower<M> {
  /** How long a doubt lasts before it is told, and a held candidate before it is served. */
  static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Origin<M> origin;
  private final Judge<M> judge;
  private final Clock clock;
  private final GenerationListener<M> listener;
  private final Doubts doubts = new Doubts(SETTLE_NANOS);
  private volatile FollowSummary<M> summary;
  private @Nullable Fingerprint settled;
  private @Nullable Fingerprint unsettled;
  private @Nullable M parsed; // of what is unsettled

  /**
   * Creates a follower.
   *
   * @param origin what to follow
   * @param served what is served now; becomes generation 1
   * @param digest of the content that these came from, null if unknown
   * @param judge decides what may be served, for this origin alone
   * @param clock tells whether certificates are valid
   * @param listener takes what is found
   */
  public Follower(
      Origin<M> origin,
      M served,
      @Nullable Fingerprint digest,
      Judge<M> judge,
      Clock clock,
      GenerationListener<M> listener) {
    this.origin = origin;
    this.settled = digest;
    this.judge = judge;
    this.clock = clock;
    this.listener = listener;
    Generation<M> first = new Generation<>(1, served, clock.instant(), Collections.emptyList());
    this.summary = new FollowSummary<>(first, null, null);
  }

  /** Returns what is followed. */
  public Origin<M> origin() {
    return origin;
  }

  /** Returns what is served now. */
  public Generation<M> generation() {
    return summary.generation();
  }

  /** Returns how it stands; costs nothing. */
  public FollowSummary<M> summary() {
    return summary;
  }

  /**
   * Takes in more of what the origin holds than was followed until now, which makes no new
   * generation. On the hitless thread only; the files are checked anew at the next occasion.
   */
  public void widen(M served) {
    Generation<M> known = generation();
    summary =
        summary.with(new Generation<>(known.number(), served, known.changed(), known.warnings()));
    settled = null;
  }

  List<Path> files() {
    return origin.files();
  }

  /**
   * Reads the files and acts on what they hold.
   *
   * @param nanos the time of a monotonic clock
   * @return after how many nanoseconds to call again at the latest; Long.MAX_VALUE if at will
   */
  long check(long nanos) {
    Instant now = clock.instant();
    try {
      List<byte[]> bytes = origin.read();
      Fingerprint digest = Fingerprint.ofBytes(bytes.toArray(new byte[0][]));
      if (digest.equals(settled)) {
        return Long.MAX_VALUE;
      }
      settled = null;
      return take(digest, parse(digest, bytes), now, nanos);
    } catch (MaterialException e) {
      settled = null;
      judge.forget();
      return doubt(e.getMessage() + mend(judge.lastKnownGood()), now, nanos);
    }
  }

  /** Returns what is served meanwhile, and what to do. */
  static String mend(String lastKnownGood) {
    return "; " + lastKnownGood + "; mend the files, they are read again by themselves";
  }

  private M parse(Fingerprint digest, List<byte[]> bytes) throws MaterialException {
    M known = digest.equals(unsettled) ? parsed : null;
    unsettled = null;
    parsed = null;
    if (known == null) {
      try {
        known = origin.load(bytes);
      } catch (RuntimeException e) {
        throw new MaterialException(
            MaterialException.Reason.MALFORMED,
            origin.describe() + " is damaged: " + e.getClass(),
            e);
      }
    }
    return known;
  }

  private long take(Fingerprint digest, M found, Instant now, long nanos) {
    M served = generation().material();
    Judgement<M> judgement = judge.judge(served, found, now, nanos);
    boolean rotates = !judgement.next().equals(served);
    if (rotates) {
      Generation<M> next =
          new Generation<>(generation().number() + 1, judgement.next(), now, judgement.warnings());
      listener.accepted(next);
      summary = summary.with(next);
    }
    if (!judgement.refusals().isEmpty() || judgement.holds()) {
      unsettled = digest;
      parsed = found;
      return judgement.refusals().isEmpty()
          ? SETTLE_NANOS
          : doubt(String.join(" ", judgement.refusals()), now, nanos);
    }
    settled = digest;
    summary = summary.with(null, false);
    if (doubts.clear() && !rotates) {
      listener.healed();
    }
    return Long.MAX_VALUE;
  }

  private long doubt(String reason, Instant now, long nanos) {
    Refusal refusal = doubts.note(reason, now, nanos);
    boolean tell = doubts.isDueToTell(nanos);
    summary = summary.with(refusal, tell);
    if (tell) {
      listener.refused(refusal);
    }
    return SETTLE_NANOS;
  }

  @Override
  public String toString() {
    return origin.describe();
  }
}
