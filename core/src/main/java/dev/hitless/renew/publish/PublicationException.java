package dev.hitless.renew.publish;

import org.jspecify.annotations.Nullable;

/**
 * Why a new identity was not put onto the disk. What was there before is still there, or is put
 * back by {@link Repair}; the message says which, and what to do. It holds no secret.
 */
public final class PublicationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a caller can do about it. */
  public enum Reason {
    /** It cannot work as things are: a person must change something; the message says what. */
    REFUSED,
    /** Somebody else renews the same files now, or has written them since they were read. */
    BUSY,
    /** The disk failed, or is full; it is worth another try later. */
    FAILED
  }

  private final Reason reason;

  /**
   * Creates an exception.
   *
   * @param message for a person, without secrets
   * @param cause the cause, or null
   */
  public PublicationException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns what a caller can do about it. */
  public Reason reason() {
    return reason;
  }
}
