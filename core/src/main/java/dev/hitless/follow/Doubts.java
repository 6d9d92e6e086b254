package dev.hitless.follow;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the files of one origin, and when a person should hear of it: once per cause,
 * and only when it has lasted too long to be the middle of a replacement.
 *
 * <p>Not thread-safe: owned by the hitless thread.
 */
final class Doubts {
  private static final int MAX_TOLD = 32;

  private final long settleNanos;
  private final Set<String> told = new LinkedHashSet<>();
  private @Nullable Refusal current;
  private long since;

  Doubts(long settleNanos) {
    this.settleNanos = settleNanos;
  }

  /** Notes what is wrong and returns it with the time it was first met. */
  Refusal note(String reason, Instant now, long nanos) {
    Refusal known = current;
    if (known != null && known.reason().equals(reason)) {
      return known;
    }
    since = nanos;
    Refusal met = new Refusal(reason, now);
    current = met;
    return met;
  }

  /** Returns, at most once per cause, whether a person should hear of the current doubt now. */
  boolean isDueToTell(long nanos) {
    Refusal known = current;
    if (known == null || nanos - since < settleNanos) {
      return false;
    }
    if (told.size() >= MAX_TOLD && !told.contains(known.reason())) {
      told.clear();
    }
    return told.add(known.reason());
  }

  /** Forgets all and returns whether a person had heard of any. */
  boolean clear() {
    boolean any = !told.isEmpty();
    told.clear();
    current = null;
    return any;
  }
}
