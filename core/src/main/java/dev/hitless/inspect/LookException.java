package dev.hitless.inspect;

import org.jspecify.annotations.Nullable;

/** Why a server shows nothing; the message is for a person. */
public final class LookException extends Exception {
  private static final long serialVersionUID = 1L;

  LookException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
