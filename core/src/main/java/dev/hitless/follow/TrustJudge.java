package dev.hitless.follow;

import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.material.Trust;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new set of trusted certificates may take the place of the one in use.
 *
 * <p>Whoever may write the file decides whom the process trusts, so a smaller or quite another set
 * is served. But one that lacks certificates may be a bundle in the middle of a rewrite: where the
 * format does not tell, it is held until it has lasted. And one under which the process's own
 * certificate no longer verifies is how root rotations cause outages: the peers of one operator
 * mostly trust the same file.
 *
 * <p>Not thread-safe: owned by the hitless thread.
 */
public final class TrustJudge implements Judge<Trust> {
  private final boolean strict;
  private final boolean tellsWhole;
  private final Supplier<Collection<Identity>> presented;
  private @Nullable Trust held;
  private long heldSince;

  /**
   * Creates the judge of one origin.
   *
   * @param strict whether to refuse what is otherwise served with a warning: a set under which an
   *     identity of this process no longer verifies
   * @param tellsWhole see {@link TrustOrigin#tellsWhole}
   * @param presented the identities that this process presents now
   */
  public TrustJudge(boolean strict, boolean tellsWhole, Supplier<Collection<Identity>> presented) {
    this.strict = strict;
    this.tellsWhole = tellsWhole;
    this.presented = presented;
  }

  @Override
  public Judgement<Trust> judge(Trust served, Trust found, Instant now, long nanos) {
    List<String> warnings = new ArrayList<>();
    if (found.equals(served)) {
      forget();
      return serve(served, warnings);
    }
    boolean shrinks = !served.without(found).isEmpty();
    if (shrinks && !tellsWhole && !hasLasted(found, nanos)) {
      return new Judgement<>(served, true, warnings, Collections.emptyList());
    }
    List<String> lost = shrinks ? lost(served, found) : Collections.emptyList();
    if (!lost.isEmpty()) {
      String what = "Under the new set this process's own certificate no longer verifies: " + lost;
      if (strict) {
        return new Judgement<>(
            served,
            false,
            warnings,
            Collections.singletonList(
                what + "; " + lastKnownGood() + "; add its root again, or renew it first."));
      }
      warnings.add(
          what + ". The new set is in use; peers that use the same set may reject this process.");
    }
    warnings.addAll(expired(found.without(served), now));
    forget();
    return serve(found, warnings);
  }

  private static Judgement<Trust> serve(Trust trust, List<String> warnings) {
    return new Judgement<>(trust, false, warnings, Collections.emptyList());
  }

  private boolean hasLasted(Trust found, long nanos) {
    if (!found.equals(held)) {
      held = found;
      heldSince = nanos;
    }
    return nanos - heldSince >= Follower.SETTLE_NANOS;
  }

  private List<String> lost(Trust served, Trust found) {
    List<String> lost = new ArrayList<>();
    Anchors before = new Anchors(served);
    Anchors after = new Anchors(found);
    for (Identity identity : presented.get()) {
      if (before.verify(identity) && !after.verify(identity)) {
        lost.add(
            identity.leaf().getSubjectX500Principal()
                + " "
                + Names.of(identity.leaf())
                + ", SHA-256 "
                + identity.fingerprint());
      }
    }
    return lost;
  }

  private static List<String> expired(List<X509Certificate> added, Instant now) {
    List<String> names = new ArrayList<>();
    for (X509Certificate certificate : added) {
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        names.add(certificate.getSubjectX500Principal().toString());
      }
    }
    return names.isEmpty()
        ? Collections.emptyList()
        : Collections.singletonList(
            names.size()
                + " of the certificates that came are expired, "
                + names.get(0)
                + (names.size() > 1 ? " among them" : "")
                + "; they are in use all the same, renew them if they are needed.");
  }

  @Override
  public void forget() {
    held = null;
  }

  @Override
  public String lastKnownGood() {
    return "what was trusted before stays trusted";
  }
}
