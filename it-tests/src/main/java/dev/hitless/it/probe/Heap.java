package dev.hitless.it.probe;

import java.util.concurrent.TimeUnit;

/** The heap that is used once all garbage is collected. */
final class Heap {
  private Heap() {}

  /** Prints {@code heap <count> <bytes>}. */
  @SuppressWarnings("SystemGc") // garbage is what must not be counted
  static void print(long count) throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20); // what waits for a reference queue comes next
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    System.out.println("heap " + count + " " + least);
  }
}
