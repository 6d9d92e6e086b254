package dev.hitless;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.OriginFinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes finders, each of which looks at all files that the server has opened: one serves for all
 * that is looked for while it is young enough, so that a thousand key managers made in a row do not
 * have a thousand files looked at a thousand times.
 *
 * <p>Owned by the hitless thread.
 */
final class Finders {
  private static final Duration KEPT = Duration.ofSeconds(2);

  private final FollowLoop loop;
  private final Clues clues;
  private final Runnable forget = this::forget;
  private @Nullable OriginFinder latest;
  private @Nullable OriginFinder inDirectories;
  private List<char[]> known = Collections.emptyList();
  private long madeNanos;

  Finders(FollowLoop loop, Clues clues) {
    this.loop = loop;
    this.clues = clues;
  }

  /**
   * Returns a finder that has looked at the files since a moment.
   *
   * @param nanos the moment, by {@link System#nanoTime}
   * @param passwords what it must have tried
   */
  OriginFinder since(long nanos, List<char[]> passwords) {
    OriginFinder finder = latest;
    if (finder == null || madeNanos - nanos < 0 || !knowsAll(passwords)) {
      madeNanos = System.nanoTime();
      finder = new OriginFinder(clues.hints(passwords));
      known = new ArrayList<>(passwords);
      latest = finder;
      inDirectories = null;
      loop.later(forget, KEPT);
    }
    return finder;
  }

  /**
   * Returns a finder among files of the directories that the program was given, which nobody was
   * seen opening. It tries the passwords of the latest finder.
   */
  OriginFinder inNamedDirectories() {
    OriginFinder finder = inDirectories;
    if (finder == null) {
      finder = new OriginFinder(clues.inNamedDirectories(known));
      inDirectories = finder;
    }
    return finder;
  }

  private boolean knowsAll(List<char[]> passwords) {
    for (char[] password : passwords) {
      if (known.stream().noneMatch(one -> Arrays.equals(one, password))) {
        return false;
      }
    }
    return true;
  }

  /** What the files hold is not kept in memory. */
  private void forget() {
    latest = null;
    inDirectories = null;
    known = Collections.emptyList();
  }
}
