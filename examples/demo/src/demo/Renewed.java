package demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What hitless says of a certificate.
 *
 * @param expires when the new certificate does, in microseconds since 1970
 * @param due when its own renewal is due, in microseconds since 1970
 */
record Renewed(String fingerprint, long expires, long due) {
  private static final Pattern LINE =
      Pattern.compile(
          "renewed .*SHA-256 ([0-9a-f]{64}), valid until (\\S+), .*the next renewal is due at"
              + " (\\S+)");

  private static final Pattern JSON =
      Pattern.compile(
          "\"fingerprint\":\\s*\"([0-9a-f]{64})\".*?\"renewalDue\":\\s*\"(\\S+)\""
              + ".*?\"notAfter\":\\s*\"(\\S+)\"",
          Pattern.DOTALL);

  /** Reads what the command {@code renew} printed, or {@code inspect --json}. */
  static Renewed first(String text) {
    Matcher matcher = JSON.matcher(text);
    return in(text)
        .orElseGet(
            () -> {
              if (!matcher.find()) {
                throw new IllegalArgumentException("neither renewed nor inspected: " + text);
              }
              return new Renewed(
                  matcher.group(1), micros(matcher.group(3)), micros(matcher.group(2)));
            });
  }

  static Optional<Renewed> in(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.find()
        ? Optional.of(
            new Renewed(matcher.group(1), micros(matcher.group(2)), micros(matcher.group(3))))
        : Optional.empty();
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
