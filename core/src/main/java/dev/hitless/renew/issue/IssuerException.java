package dev.hitless.renew.issue;

import org.jspecify.annotations.Nullable;

/** Why an issuer gave no certificate; the message says what happened and what to do. */
public final class IssuerException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates one.
   *
   * @param message for a person, without secrets
   */
  public IssuerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
