package demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one clock that two JVMs share. */
final class Micros {
  private Micros() {}

  /** Returns microseconds since 1970. */
  static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
