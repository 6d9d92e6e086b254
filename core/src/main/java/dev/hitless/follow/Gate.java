package dev.hitless.follow;

import static dev.hitless.follow.LeafFacts.CLIENT_AUTH;
import static dev.hitless.follow.LeafFacts.SERVER_AUTH;

import dev.hitless.follow.Verdict.Kind;
import dev.hitless.material.Identity;
import dev.hitless.material.KeyTypes;
import dev.hitless.material.Trust;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

/**
 * Decides whether a new identity may take the place of the one being served. The rule: a file never
 * makes things worse. So each check compares; what is as bad as before goes through.
 *
 * <p>Thread-safe, and never fails.
 */
public final class Gate {
  private final boolean strict;
  private final Supplier<Trust> clientsTrust;

  /** Creates a gate that knows of no certificate that clients have. */
  public Gate(boolean strict) {
    this(strict, () -> Trust.of(Collections.<X509Certificate>emptySet()));
  }

  /**
   * Creates a gate.
   *
   * @param strict whether to refuse what is otherwise served with a warning: a leaf that drops
   *     names, forbids clients, changes its key type, or signs itself
   * @param clientsTrust gives what clients may be taken to trust: asked where a chain has become
   *     shorter, and only there
   */
  public Gate(boolean strict, Supplier<Trust> clientsTrust) {
    this.strict = strict;
    this.clientsTrust = clientsTrust;
  }

  /** Judges a candidate that differs from what is served. */
  public Verdict judge(Identity served, Identity candidate, Instant now) {
    ChainFacts before = new ChainFacts(served);
    ChainFacts after = new ChainFacts(candidate);
    boolean was = ChainFacts.isValid(before.leaf(), now);
    boolean is = ChainFacts.isValid(after.leaf(), now);
    Verdict verdict =
        validity(after.leaf(), was, is, now)
            .and(links(before, after, candidate, now))
            .and(purpose(before.leaf(), after.leaf()))
            .and(look(before.leaf(), after.leaf()));
    if (is && !was && verdict.kind() == Kind.REFUSE) {
      // Nothing is worse than a certificate that every client rejects.
      verdict = Verdict.of(Kind.HOLD, verdict.reason() + " But the one before is not valid now.");
    }
    return advise(verdict);
  }

  /** Adds to what happened what is served and what to do. */
  private static Verdict advise(Verdict verdict) {
    switch (verdict.kind()) {
      case REFUSE:
        return Verdict.of(
            Kind.REFUSE,
            verdict.reason()
                + " The certificate served before stays; put a better one in its place,"
                + " or restart the server to have this one.");
      case WARN:
      case HOLD:
        return Verdict.of(
            verdict.kind(),
            verdict.reason() + " The new one is served; replace it if that was not meant.");
      case ACCEPT:
        return verdict;
    }
    throw new AssertionError(verdict.kind());
  }

  private static Verdict validity(X509Certificate leaf, boolean was, boolean is, Instant now) {
    if (is) {
      return Verdict.accept();
    }
    String what =
        now.isAfter(leaf.getNotAfter().toInstant())
            ? "The new certificate expired at " + leaf.getNotAfter().toInstant()
            : "The new certificate is not valid before " + leaf.getNotBefore().toInstant();
    return was
        ? Verdict.of(Kind.REFUSE, what + ".")
        : Verdict.of(Kind.WARN, what + ", and the one before is not valid either: renew it.");
  }

  private Verdict links(ChainFacts before, ChainFacts after, Identity candidate, Instant now) {
    if (after.isBroken() && !before.isBroken()) {
      return Verdict.of(
          Kind.REFUSE,
          "The new chain breaks: a certificate was not signed by the one named as its issuer.");
    }
    X509Certificate invalid = after.invalidIntermediate(now);
    if (invalid != null && before.invalidIntermediate(now) == null) {
      return Verdict.of(
          Kind.REFUSE,
          "The intermediate certificate of "
              + invalid.getSubjectX500Principal()
              + " in the new chain is valid from "
              + invalid.getNotBefore().toInstant()
              + " to "
              + invalid.getNotAfter().toInstant()
              + " only, not now.");
    }
    return completeness(before, after, candidate);
  }

  private Verdict completeness(ChainFacts before, ChainFacts after, Identity candidate) {
    X500Principal missing = after.missingIssuer();
    if (missing == null || after.isBroken() || !before.hasIssuer()) {
      return Verdict.accept();
    }
    X509Certificate had = before.issuer(missing);
    if (had != null
        && !ChainFacts.isSelfSigned(had)
        && !new Anchors(clientsTrust.get()).verify(candidate)) {
      return Verdict.of(
          Kind.REFUSE,
          "The new chain lacks the intermediate certificate of "
              + missing
              + ", which the chain before has.");
    }
    if (had == null && !after.hasIssuer()) {
      return Verdict.of(
          Kind.HOLD,
          "The new certificate came without that of its issuer "
              + missing
              + ", while the one before brought its own: if clients reject it, add the intermediate"
              + " certificates to the file.");
    }
    // A root may go: a client that does not have it does not trust it either.
    return Verdict.accept();
  }

  private Verdict purpose(X509Certificate before, X509Certificate after) {
    boolean server = LeafFacts.permits(before, SERVER_AUTH);
    if (server && !LeafFacts.permits(after, SERVER_AUTH)) {
      return Verdict.of(
          Kind.REFUSE, "The extended key usage of the new certificate forbids servers.");
    }
    if (LeafFacts.signs(before) && !LeafFacts.signs(after)) {
      return Verdict.of(Kind.REFUSE, "The key usage of the new certificate forbids signatures.");
    }
    if (LeafFacts.permits(before, CLIENT_AUTH) && !LeafFacts.permits(after, CLIENT_AUTH)) {
      // Public authorities no longer permit clients, so a server's renewal often drops them.
      String what = "The extended key usage of the new certificate forbids clients.";
      return server ? remark(what) : Verdict.of(Kind.REFUSE, what);
    }
    return Verdict.accept();
  }

  private Verdict look(X509Certificate before, X509Certificate after) {
    Verdict verdict = Verdict.accept();
    if (ChainFacts.isSelfSigned(after) && !ChainFacts.isSelfSigned(before)) {
      verdict = verdict.and(remark("The new certificate is self-signed."));
    }
    SortedSet<String> dropped = LeafFacts.dropped(before, after);
    if (!dropped.isEmpty()) {
      verdict = verdict.and(remark("The new certificate no longer names " + dropped + "."));
    }
    String was = KeyTypes.of(before.getPublicKey());
    String is = KeyTypes.of(after.getPublicKey());
    if (!was.equals(is)) {
      verdict = verdict.and(remark("The key type changed from " + was + " to " + is + "."));
    }
    return verdict;
  }

  private Verdict remark(String what) {
    return Verdict.of(strict ? Kind.REFUSE : Kind.WARN, what);
  }
}
