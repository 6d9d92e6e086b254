package demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the client has seen so far. The thread that reads the client's output adds to it; the demo
 * waits for what it expects. Thread-safe.
 */
final class Seen {
  /** A handshake, in microseconds since 1970. */
  record Handshake(long begun, long ended, String fingerprint) {}

  private final List<Handshake> handshakes = new ArrayList<>();
  private final Map<String, Long> first = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private int answers;

  /** Takes a line of the client's. */
  synchronized void add(String line) {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "handshake" -> {
        String[] rest = words[2].split(" ");
        Handshake handshake =
            new Handshake(Long.parseLong(words[1]), Long.parseLong(rest[0]), rest[1]);
        handshakes.add(handshake);
        first.merge(handshake.fingerprint, handshake.ended, Math::min);
      }
      case "answer" -> answers++;
      default -> failures.add(line);
    }
    notifyAll();
  }

  /** Returns when the first handshake with a certificate ended, or null if none did in time. */
  synchronized Long awaitFirst(String fingerprint, long until) throws InterruptedException {
    while (!first.containsKey(fingerprint) && waited(until)) {}
    return first.get(fingerprint);
  }

  /** Waits for a number of handshakes; returns whether there were so many in time. */
  synchronized boolean awaitHandshakes(int number, long until) throws InterruptedException {
    while (handshakes.size() < number && waited(until)) {}
    return handshakes.size() >= number;
  }

  /** Waits for a number of answers on the open connection. */
  synchronized boolean awaitAnswers(int number, long until) throws InterruptedException {
    while (answers < number && waited(until)) {}
    return answers >= number;
  }

  private boolean waited(long until) throws InterruptedException {
    long millis = (until - Micros.now()) / 1000;
    if (millis > 0) {
      wait(millis);
    }
    return millis > 0;
  }

  synchronized int handshakes() {
    return handshakes.size();
  }

  synchronized int answers() {
    return answers;
  }

  synchronized List<String> failures() {
    return new ArrayList<>(failures);
  }

  /**
   * Counts the handshakes that began after a later certificate had been seen, and yet got an
   * earlier one.
   *
   * @param order the fingerprints in the order in which they were put in place
   */
  synchronized long stale(List<String> order) {
    return handshakes.stream().filter(h -> isStale(h, order)).count();
  }

  private boolean isStale(Handshake handshake, List<String> order) {
    int index = order.indexOf(handshake.fingerprint);
    return index < 0
        || order.subList(index + 1, order.size()).stream()
            .anyMatch(later -> first.getOrDefault(later, Long.MAX_VALUE) <= handshake.begun);
  }
}
