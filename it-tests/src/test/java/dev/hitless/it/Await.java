package dev.hitless.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
public final class Await {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Await() {}

  /** Whether the condition came true within the time; it is tested at least once. */
  public static boolean until(Duration time, BooleanSupplier condition)
      throws InterruptedException {
    return until(time, LOOK_EVERY, condition);
  }

  /** The same with a pause of the caller's choice, for conditions that take work to test. */
  public static boolean until(Duration time, Duration pause, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(pause.toMillis());
    }
    return true;
  }
}
