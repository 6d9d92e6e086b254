package dev.hitless.renew.publish;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;

/**
 * Names publications, so that they sort by their time and no two are alike, whoever makes them.
 * Thread-safe.
 */
final class Ids {
  private static final int MILLIS_DIGITS = 13;
  private static final int LENGTH = MILLIS_DIGITS + 1 + 8;

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
    if (!isOne(id)) {
      throw new IllegalArgumentException("no id of a publication");
    }
    return id;
  }

  /** Returns whether a text is an id: asked of each name in a folder of thousands. */
  static boolean isOne(String text) {
    if (text.length() != LENGTH || text.charAt(MILLIS_DIGITS) != '-') {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (i != MILLIS_DIGITS && !digit && (i < MILLIS_DIGITS || c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static long millis(String id) {
    return Long.parseLong(checked(id).substring(0, MILLIS_DIGITS));
  }
}
