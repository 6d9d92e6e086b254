package dev.hitless.follow;

import dev.hitless.material.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of all the identities of one origin at once: what is good is served even if
 * another identity of the same files has to stay as it was.
 *
 * <p>Not thread-safe: owned by the hitless thread.
 */
public final class IdentityJudge implements Judge<Map<String, Identity>> {
  private final Gate gate;
  private Map<String, Held> heldBefore = Collections.emptyMap();

  /** Creates the judge of one origin. */
  public IdentityJudge(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Judgement<Map<String, Identity>> judge(
      Map<String, Identity> served, Map<String, Identity> found, Instant now, long nanos) {
    Look look = new Look(served, heldBefore, nanos);
    Map<String, Identity> successors = Successors.of(served, found);
    served.forEach(
        (alias, identity) -> {
          Identity successor = successors.get(alias);
          if (successor == null) {
            look.refusals.add(
                "No identity in the files follows the one of "
                    + alias
                    + Follower.mend(lastKnownGood())
                    + ".");
          } else if (!successor.equals(identity)) {
            look.apply(alias, successor, gate.judge(identity, successor, now));
          }
        });
    heldBefore = look.held;
    return new Judgement<>(look.next, !look.held.isEmpty(), look.warnings, look.refusals);
  }

  @Override
  public void forget() {
    heldBefore = Collections.emptyMap();
  }

  @Override
  public String lastKnownGood() {
    return "the certificate served before stays";
  }

  /** One look at the files. */
  private static final class Look {
    private final Map<String, Identity> served;
    private final Map<String, Held> heldBefore;
    private final long nanos;
    private final Map<String, Identity> next;
    private final Map<String, Held> held = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    Look(Map<String, Identity> served, Map<String, Held> heldBefore, long nanos) {
      this.served = served;
      this.heldBefore = heldBefore;
      this.nanos = nanos;
      this.next = new LinkedHashMap<>(served);
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
