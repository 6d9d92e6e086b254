package demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Adds up what happened, and judges it. */
final class Summary {
  private final Screen screen;
  private final Seen seen;
  private final List<Double> latencies = new ArrayList<>();
  private int rotations;
  private int proved;
  private int answered;

  Summary(Screen screen, Seen seen) {
    this.screen = screen;
    this.seen = seen;
  }

  /** Takes one rotation; {@code millis} is null if no handshake ever showed its certificate. */
  void add(Double millis, boolean proved, boolean answered) {
    rotations++;
    if (millis != null) {
      latencies.add(millis);
    }
    this.proved += proved ? 1 : 0;
    this.answered += answered ? 1 : 0;
  }

  /** Prints everything; returns whether all is well. */
  boolean print(List<String> order, ServerLog log) throws IOException {
    List<String> failures = seen.failures();
    long stale = seen.stale(order);
    boolean allSeen = latencies.size() == rotations;
    screen.say("");
    screen.say(Screen.BOLD, "SHA-256 of each certificate, in the order in which it was served");
    for (int i = 0; i < order.size(); i++) {
      screen.say(Screen.DIM, "%8d  %s".formatted(i, order.get(i)));
    }
    log.line("hitless INFO: rotated").ifPresent(this::quote);
    screen.say("");
    screen.say(Screen.BOLD, "Summary");
    screen.sum("rotations", allSeen, rotations + ", of which the client saw " + latencies.size());
    screen.sum("proved by hitless", proved == rotations, proved + " lines \"rotated\" in the log");
    screen.sum("handshakes", true, seen.handshakes() + ", each full, verified, with an answer");
    screen.sum("failures", failures.isEmpty(), failures.isEmpty() ? "none" : "" + failures.size());
    screen.sum("old after new", stale == 0, stale == 0 ? "never" : stale + " handshakes");
    screen.sum("file to handshake", allSeen, latency());
    boolean stayed = answered == rotations;
    screen.sum("open connection", stayed, seen.answers() + " requests, never closed");
    failures.stream().limit(10).forEach(failure -> screen.say(Screen.BAD, "      " + failure));
    return allSeen && stayed && proved == rotations && failures.isEmpty() && stale == 0;
  }

  private void quote(String line) {
    screen.say("");
    screen.say(Screen.BOLD, "What hitless wrote into the server's log, the first time");
    screen.say(Screen.DIM, "  " + line);
  }

  private String latency() {
    if (latencies.isEmpty()) {
      return "never";
    }
    List<Double> sorted = new ArrayList<>(latencies);
    Collections.sort(sorted);
    int last = sorted.size() - 1;
    double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    return "min %.1f ms, median %.1f ms, max %.1f ms"
        .formatted(sorted.get(0), median, sorted.get(last));
  }
}
