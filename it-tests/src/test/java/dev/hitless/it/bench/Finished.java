package dev.hitless.it.bench;

import java.util.List;

/**
 * What came of a program.
 *
 * @param lines that it printed
 * @param millis from before its start to its end
 * @param cpuMillis user and system time of its process, in steps of 10; 0 where nobody tells
 */
record Finished(List<String> lines, double millis, double cpuMillis) {

  /** The value of a {@code name=value} line. */
  double number(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> Double.valueOf(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " in " + lines));
  }

  /** The words of each line that begins with this one. */
  List<String[]> all(String first) {
    return lines.stream()
        .filter(line -> line.startsWith(first + " "))
        .map(line -> line.split(" "))
        .toList();
  }
}
