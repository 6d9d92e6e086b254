package dev.hitless.follow;

/**
 * What the {@link Gate} says of a candidate.
 *
 * <p>Immutable and thread-safe.
 */
public final class Verdict {
  /** From best to worst. */
  public enum Kind {
    /** It may be served. */
    ACCEPT,
    /** It may be served; a person should know the reason. */
    WARN,
    /** It may be the middle of a rewrite: to be served with a warning if it stays as it is. */
    HOLD,
    /** It may not be served. */
    REFUSE
  }

  private static final Verdict ACCEPTED = new Verdict(Kind.ACCEPT, "");

  private final Kind kind;
  private final String reason;

  private Verdict(Kind kind, String reason) {
    this.kind = kind;
    this.reason = reason;
  }

  static Verdict accept() {
    return ACCEPTED;
  }

  static Verdict of(Kind kind, String reason) {
    return new Verdict(kind, reason);
  }

  /** Returns whether and when the candidate may be served. */
  public Kind kind() {
    return kind;
  }

  /** Returns why, for a person: what happened, what is served, what to do; empty if accepted. */
  public String reason() {
    return reason;
  }

  /** Returns the worse of two with the reasons of both; what is refused needs no other reason. */
  Verdict and(Verdict other) {
    Verdict worse = kind.compareTo(other.kind) >= 0 ? this : other;
    Verdict better = worse == this ? other : this;
    if (better.kind == Kind.ACCEPT || (worse.kind == Kind.REFUSE && better.kind != Kind.REFUSE)) {
      return worse;
    }
    return new Verdict(worse.kind, reason + " " + other.reason);
  }

  @Override
  public String toString() {
    return kind + (reason.isEmpty() ? "" : ": " + reason);
  }
}
