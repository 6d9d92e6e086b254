package dev.hitless.material;

import org.jspecify.annotations.Nullable;

/**
 * Says why files do not hold a usable identity. Its message names files and causes, never a
 * password or key.
 */
public final class MaterialException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the files; the same cause is logged once. */
  public enum Reason {
    /** A file is missing or may not be read. */
    UNREADABLE,
    /** The content ends early or is damaged. */
    MALFORMED,
    /** The password does not open the keystore or the key. */
    WRONG_PASSWORD,
    /** No private key was found. */
    NO_KEY,
    /** No certificate was found. */
    NO_CERTIFICATE,
    /** The private key does not belong to any of the certificates. */
    KEY_MISMATCH,
    /** A format or algorithm that this Java platform does not know. */
    UNSUPPORTED
  }

  private final Reason reason;

  /**
   * Creates an exception.
   *
   * @param reason what is wrong
   * @param message what a person should read, without secrets
   * @param cause the cause, or null
   */
  public MaterialException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns what is wrong. */
  public Reason reason() {
    return reason;
  }
}
