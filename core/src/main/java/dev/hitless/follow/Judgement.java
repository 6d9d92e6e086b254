package dev.hitless.follow;

import dev.hitless.material.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of new contents, for all the identities of one origin at once: what is good is
 * served even if another identity of the same files has to stay as it was.
 *
 * <p>Not thread-safe: lives for one look at the files.
 */
final class Judgement {
  private final Map<String, Identity> served;
  private final Map<String, Held> heldBefore;
  private final long nanos;
  private final Map<String, Identity> next;
  private final Map<String, Held> held = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  /**
   * Starts a judgement.
   *
   * @param served what is served now, by alias
   * @param heldBefore what the judgement before held back, by alias
   * @param nanos the time of a monotonic clock
   */
  Judgement(Map<String, Identity> served, Map<String, Held> heldBefore, long nanos) {
    this.served = served;
    this.heldBefore = heldBefore;
    this.nanos = nanos;
    this.next = new LinkedHashMap<>(served);
  }

  void judge(Map<String, Identity> found, Gate gate, Instant now) {
    Map<String, Identity> successors = Successors.of(served, found);
    served.forEach(
        (alias, identity) -> {
          Identity successor = successors.get(alias);
          if (successor == null) {
            refusals.add(
                "No identity in the files follows the one of " + alias + Follower.MEND + ".");
          } else if (!successor.equals(identity)) {
            apply(alias, successor, gate.judge(identity, successor, now));
          }
        });
  }

  /** Returns what is to be served, equal to what was if nothing changes. */
  Map<String, Identity> next() {
    return next;
  }

  /** Returns what may be the middle of a rewrite, by alias. */
  Map<String, Held> held() {
    return held;
  }

  List<String> warnings() {
    return warnings;
  }

  List<String> refusals() {
    return refusals;
  }

  private void apply(String alias, Identity successor, Verdict verdict) {
    String reason = (served.size() > 1 ? alias + ": " : "") + verdict.reason();
    switch (verdict.kind()) {
      case REFUSE:
        refusals.add(reason);
        return;
      case HOLD:
        Held hold = hold(successor, heldBefore.get(alias));
        if (nanos - hold.since < Follower.SETTLE_NANOS) {
          held.put(alias, hold);
          return;
        }
        warnings.add(reason);
        break;
      case WARN:
        warnings.add(reason);
        break;
      case ACCEPT:
        break;
    }
    next.put(alias, successor);
  }

  private Held hold(Identity successor, @Nullable Held before) {
    return before != null && before.identity.equals(successor)
        ? before
        : new Held(successor, nanos);
  }

  /** A candidate that may be the middle of a rewrite, and since when it has been there. */
  static final class Held {
    private final Identity identity;
    private final long since;

    private Held(Identity identity, long since) {
      this.identity = identity;
      this.since = since;
    }
  }
}
