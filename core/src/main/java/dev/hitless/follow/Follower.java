package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
public final class Follower {
  /** How long a doubt lasts before it is told, and a held candidate before it is served. */
  static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is served meanwhile, and what to do. */
  static final String MEND =
      "; the certificate served before stays; mend the files, they are read again by themselves";

  private final Origin origin;
  private final Gate gate;
  private final Clock clock;
  private final GenerationListener listener;
  private final Doubts doubts = new Doubts(SETTLE_NANOS);
  private volatile FollowSummary summary;
  private Map<String, Judgement.Held> held = Collections.emptyMap();
  private @Nullable Fingerprint settled;
  private @Nullable Contents unsettled;

  /**
   * Creates a follower.
   *
   * @param origin what to follow
   * @param served the identity being served by the alias it has in the origin; becomes generation 1
   * @param digest of the content that these came from, null if unknown
   * @param gate decides what may be served
   * @param clock tells whether certificates are valid
   * @param listener takes what is found
   */
  public Follower(
      Origin origin,
      Map<String, Identity> served,
      @Nullable Fingerprint digest,
      Gate gate,
      Clock clock,
      GenerationListener listener) {
    this.origin = origin;
    this.settled = digest;
    this.gate = gate;
    this.clock = clock;
    this.listener = listener;
    Generation first = new Generation(1, served, clock.instant(), Collections.emptyList());
    this.summary = new FollowSummary(first, null, null);
  }

  /** Returns what is followed. */
  public Origin origin() {
    return origin;
  }

  /** Returns what is served now. */
  public Generation generation() {
    return summary.generation();
  }

  /** Returns how it stands; costs nothing. */
  public FollowSummary summary() {
    return summary;
  }

  /**
   * Follows one more identity of the origin, unless the alias is followed already. On the hitless
   * thread only; the files are checked anew at the next occasion.
   */
  public void add(String alias, Identity served) {
    Generation known = generation();
    if (!known.identities().containsKey(alias)) {
      Map<String, Identity> identities = new LinkedHashMap<>(known.identities());
      identities.put(alias, served);
      summary =
          summary.with(
              new Generation(known.number(), identities, known.changed(), known.warnings()));
      settled = null;
    }
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
      return take(parse(digest, bytes), now, nanos);
    } catch (MaterialException e) {
      settled = null;
      held = Collections.emptyMap();
      return doubt(e.getMessage() + MEND, now, nanos);
    }
  }

  private Contents parse(Fingerprint digest, List<byte[]> bytes) throws MaterialException {
    Contents known = unsettled;
    unsettled = null;
    if (known == null || !known.digest().equals(digest)) {
      try {
        known = new Contents(digest, origin.parse(bytes).identities());
      } catch (RuntimeException e) {
        throw new MaterialException(
            MaterialException.Reason.MALFORMED,
            origin.describe() + " is damaged: " + e.getClass(),
            e);
      }
    }
    return known;
  }

  private long take(Contents contents, Instant now, long nanos) {
    Map<String, Identity> served = generation().identities();
    Judgement judgement = new Judgement(served, held, nanos);
    judgement.judge(contents.identities(), gate, now);
    held = judgement.held();
    boolean rotates = !judgement.next().equals(served);
    if (rotates) {
      Generation next =
          new Generation(generation().number() + 1, judgement.next(), now, judgement.warnings());
      listener.accepted(next);
      summary = summary.with(next);
    }
    if (!judgement.refusals().isEmpty()) {
      unsettled = contents;
      return doubt(String.join(" ", judgement.refusals()), now, nanos);
    }
    if (!held.isEmpty()) {
      unsettled = contents;
      return SETTLE_NANOS;
    }
    settled = contents.digest();
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
