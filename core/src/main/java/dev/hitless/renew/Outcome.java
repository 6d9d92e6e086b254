package dev.hitless.renew;

import dev.hitless.material.Identity;
import org.jspecify.annotations.Nullable;

/** How one attempt to renew an identity ended. Immutable and thread-safe. */
public final class Outcome {
  /** The kinds of ends. */
  public enum Kind {
    /** A new identity lies in the files. */
    RENEWED,
    /** A new identity was issued and would have been written: a dry run. */
    WOULD_RENEW,
    /** The files hold an identity that need not be renewed yet. */
    NOT_DUE,
    /** No issuer may renew it. */
    LEFT_OUT,
    /** Another process renews it now. */
    BUSY,
    /** It did not work; the identity before is in the files. */
    FAILED
  }

  private final Kind kind;
  private final @Nullable Identity identity;
  private final String message;

  Outcome(Kind kind, @Nullable Identity identity, String message) {
    this.kind = kind;
    this.identity = identity;
    this.message = message;
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the identity that lies in the files now; of a dry run, the one that would; null if
   * nothing was read.
   */
  public @Nullable Identity identity() {
    return identity;
  }

  /** Returns what happened in one line, for a person, without secrets. */
  public String message() {
    return message;
  }

  @Override
  public String toString() {
    return kind + ": " + message;
  }
}
