package dev.hitless.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The versions of TLS, lowest first (RFC 2246, 4346, 5246, 8446). */
public enum Protocol {
  /** TLS 1.0. */
  TLS10("TLSv1"),
  /** TLS 1.1. */
  TLS11("TLSv1.1"),
  /** TLS 1.2. */
  TLS12("TLSv1.2"),
  /** TLS 1.3. */
  TLS13("TLSv1.3");

  private final String text;

  Protocol(String text) {
    this.text = text;
  }

  /**
   * Parses a version as JSSE writes it; {@code TLSv1.0} is {@code TLSv1}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Protocol parse(String text) {
    List<String> known = new ArrayList<>();
    for (Protocol protocol : values()) {
      if (protocol.text.equalsIgnoreCase(text)
          || (protocol == TLS10 && text.toLowerCase(Locale.ROOT).equals("tlsv1.0"))) {
        return protocol;
      }
      known.add(protocol.text);
    }
    throw new IllegalArgumentException("is none of " + known);
  }

  /**
   * Returns the version that the JDK's own TLS calls by a name of its enumeration, or the one of
   * the same age where that means DTLS; null for what is no such version, as {@code SSL20Hello}.
   */
  static @Nullable Protocol ofJdk(String name) {
    switch (name) {
      case "TLS10":
        return TLS10;
      case "TLS11":
      case "DTLS10":
        return TLS11;
      case "TLS12":
      case "DTLS12":
        return TLS12;
      case "TLS13":
      case "DTLS13":
        return TLS13;
      default:
        return null;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
