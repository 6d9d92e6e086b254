package dev.hitless.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them: 500ms, 5s, 2m, 1h, 30d. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a duration: " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    switch (matcher.group(2)) {
      case "ms":
        return Duration.ofMillis(number);
      case "s":
        return Duration.ofSeconds(number);
      case "m":
        return Duration.ofMinutes(number);
      case "h":
        return Duration.ofHours(number);
      default:
        return Duration.ofDays(number);
    }
  }
}
