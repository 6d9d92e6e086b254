package dev.hitless.renew.publish;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names publications, so that they sort by their time and no two are alike, whoever makes them.
 * Thread-safe.
 */
final class Ids {
  private static final Pattern FORM = Pattern.compile("[0-9]{13}-[0-9a-f]{8}");

  private final Clock clock;
  private final SecureRandom random;

  Ids(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Returns a new id that sorts after another, even if the clock was set back; or after none. */
  String after(String former) {
    long millis = Math.max(clock.millis(), former.isEmpty() ? 0 : millis(former) + 1);
    return String.format(Locale.ROOT, "%013d-%08x", Math.max(0, millis), random.nextInt());
  }

  /** Returns the id if it is one. */
  static String checked(String id) {
    if (!FORM.matcher(id).matches()) {
      throw new IllegalArgumentException("no id of a publication");
    }
    return id;
  }

  private static long millis(String id) {
    return Long.parseLong(checked(id).substring(0, 13));
  }
}
