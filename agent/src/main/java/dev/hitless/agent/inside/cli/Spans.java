package dev.hitless.agent.inside.cli;

import java.time.Duration;
import java.time.Instant;

/** Spans of time in words, in the two units that matter. */
final class Spans {
  private Spans() {}

  /** Returns for example {@code 89 d 4 h left} or {@code over for 3 h 12 min}. */
  static String until(Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    return left.isNegative() ? "over for " + words(left.negated()) : words(left) + " left";
  }

  static String words(Duration span) {
    long days = span.toDays();
    long hours = span.toHours() % 24;
    long minutes = span.toMinutes() % 60;
    long seconds = span.toMillis() / 1000 % 60;
    if (days > 0) {
      return days + " d " + hours + " h";
    }
    if (hours > 0) {
      return hours + " h " + minutes + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds + " s" : seconds + " s";
  }
}
