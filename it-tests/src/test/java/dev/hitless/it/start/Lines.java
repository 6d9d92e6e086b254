package dev.hitless.it.start;

import java.util.List;

/** Finds lines in what a JVM has printed. */
final class Lines {
  private Lines() {}

  /** Those of hitless, with and without a date before them. */
  static List<String> ofHitless(String text) {
    return text.lines().filter(line -> line.contains("hitless ")).toList();
  }

  /** Those of hitless that ask for attention. */
  static List<String> warnings(String text) {
    return text.lines().filter(line -> line.contains("hitless WARN")).toList();
  }
}
