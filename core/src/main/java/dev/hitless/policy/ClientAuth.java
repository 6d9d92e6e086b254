package dev.hitless.policy;

import java.util.Arrays;
import java.util.Locale;

/** Whether a server asks for the client's certificate; from the least to the most strict. */
public enum ClientAuth {
  /** As the application has it. */
  NONE,
  /** It asks for one, and lets in a client that has none. */
  WANT,
  /** It lets in no client without one. */
  NEED;

  /**
   * Parses {@code none}, {@code want} or {@code need}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static ClientAuth parse(String text) {
    for (ClientAuth each : values()) {
      if (each.name().equalsIgnoreCase(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "is none of " + Arrays.toString(values()).toLowerCase(Locale.ROOT));
  }
}
