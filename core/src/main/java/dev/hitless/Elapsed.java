package dev.hitless;

import dev.hitless.follow.FileChange;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** How long ago files changed, for the log. */
final class Elapsed {
  private static final long MOST_UNNOTICED_MILLIS = 60_000;

  private Elapsed() {}

  /** Milliseconds since the files changed, or since that was noticed if their times do not tell. */
  static long sinceChange(List<Path> files, Instant noticedAt, Clock clock) {
    long now = clock.millis();
    long noticed = noticedAt.toEpochMilli();
    long changed = Long.MIN_VALUE;
    for (Path file : files) {
      changed = Math.max(changed, FileChange.lastMillis(file));
    }
    boolean plausible = changed <= noticed && noticed - changed < MOST_UNNOTICED_MILLIS;
    return now - (plausible ? changed : noticed);
  }
}
