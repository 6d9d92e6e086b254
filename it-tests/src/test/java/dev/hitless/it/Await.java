package dev.hitless.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
public final class Await {
  private static final long LOOK_EVERY_MS = 10;

  private Await() {}

  /** Whether the condition came true within the time; it is tested at least once. */
  public static boolean until(Duration time, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
    return true;
  }
}
