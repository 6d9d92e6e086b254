package dev.hitless.serve;

import java.util.function.BooleanSupplier;

/** Asks for garbage to be collected, as often as it takes but not for ever. */
final class Garbage {
  private static final int MOST_TIMES = 50;

  private Garbage() {}

  @SuppressWarnings("SystemGc") // the one thing this is for
  static void collectUntil(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < MOST_TIMES && !done.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(10);
    }
  }
}
