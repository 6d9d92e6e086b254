package demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Watches a server whose certificate hitless renews by itself, and touches nothing. Exits with 0 if
 * each certificate was renewed in time and no handshake failed, with 1 if not.
 */
final class Renewals {
  private static final double SECOND = 1e6;

  /** A certificate that is renewed too late is an expired one, which the client would tell. */
  private static final long TO_BE_SEEN = 10_000_000;

  private static final long TO_BE_RENEWED = 60_000_000;
  private static final long SOON = 60_000_000;

  /** Handshakes that are to follow a renewal. */
  private static final int AFTER = 50;

  private final Screen screen = new Screen();
  private final Seen seen = new Seen();
  private final ProcessHandle server;
  private final ServerLog log;
  private final List<Renewed> all = new ArrayList<>();
  private final Deque<Renewed> expiring = new ArrayDeque<>();
  private long start;

  private Renewals(ProcessHandle server, Path log) {
    this.server = server;
    this.log = new ServerLog(log);
  }

  /**
   * Arguments: the server's process, its port, the file of the CA, the server's log, a file with
   * what the jar's command line printed of the first certificate, how many renewals.
   */
  public static void main(String[] args) throws Exception {
    ProcessHandle server = ProcessHandle.of(Long.parseLong(args[0])).orElseThrow();
    Renewals renewals = new Renewals(server, Path.of(args[3]));
    renewals.all.add(Renewed.first(Files.readString(Path.of(args[4]))));
    boolean good =
        renewals.run(Integer.parseInt(args[1]), Path.of(args[2]), Integer.parseInt(args[5]));
    System.exit(good ? 0 : 1);
  }

  private boolean run(int port, Path ca, int wanted) throws Exception {
    if (!Load.isUp(server, port, ca)) {
      screen.say(Screen.BAD, "The server did not start. The end of its log:");
      log.tail().forEach(screen::say);
      return false;
    }
    start = Micros.now();
    try (Load load = Load.start(port, ca, seen, 20, 1)) {
      screen.say("");
      screen.say(
          "https://localhost:" + port + " is up, process " + server.pid() + "; its log says:");
      screen.say(Screen.DIM, "  " + log.line("hitless INFO: following").orElse("nothing yet"));
      screen.say("");
      screen.say(Screen.BOLD, row("time", "certificate", "what happened"));
      Renewed first = all.get(0);
      event(
          start,
          first,
          "served from the start; expires at %s, due %s"
              .formatted(
                  at(first.expires()),
                  first.due() < start
                      ? "for " + span(start - first.due())
                      : "at " + at(first.due())));
      boolean good = true;
      for (int i = 0; i < wanted && good; i++) {
        good = renewed(load);
      }
      if (good && expiring.getLast().expires() < Micros.now() + SOON) {
        Thread.sleep(Math.max(0, (expiring.getLast().expires() - Micros.now()) / 1000 + 1));
        expiredBy(Long.MAX_VALUE);
      }
      return summary(good, wanted);
    }
  }

  /** Waits for the next renewal; returns whether it came before the certificate expired. */
  private boolean renewed(Load load) throws Exception {
    Renewed old = all.get(all.size() - 1);
    Renewed next = log.awaitRenewal(all.size(), Math.max(old.due(), start) + TO_BE_RENEWED);
    if (next == null) {
      screen.say(
          Screen.BAD, row(at(Micros.now()), Screen.brief(old.fingerprint()), "was not renewed"));
      return false;
    }
    all.add(next);
    Long handshake = seen.awaitFirst(next.fingerprint(), Micros.now() + TO_BE_SEEN);
    Long proved = log.awaitRotated(next.fingerprint(), Micros.now() + TO_BE_SEEN);
    boolean answered = load.ask(Micros.now() + TO_BE_SEEN);
    if (handshake == null || proved == null || !answered) {
      screen.say(
          Screen.BAD,
          row(
              at(Micros.now()),
              Screen.brief(next.fingerprint()),
              "not seen, not proved, or no answer"));
      return false;
    }
    int enough = seen.handshakes() + AFTER;
    seen.awaitHandshakes(enough, Micros.now() + TO_BE_SEEN);
    String text = "renewed and proved; in a handshake %s after %s, %s before the old one expires";
    long since = Math.max(old.due(), start);
    expiredBy(handshake);
    event(
        handshake,
        next,
        text.formatted(
            span(handshake - since),
            since == start ? "the start" : "it was due",
            span(old.expires() - handshake)));
    expiring.add(old);
    return true;
  }

  private void expiredBy(long time) {
    while (!expiring.isEmpty() && expiring.peek().expires() <= time) {
      Renewed old = expiring.remove();
      event(old.expires(), old, "expired; nobody is shown it any more");
    }
  }

  private boolean summary(boolean renewed, int wanted) throws Exception {
    List<String> failures = seen.failures();
    List<String> order = new ArrayList<>();
    order.add(all.get(0).fingerprint());
    log.renewals().forEach(each -> order.add(each.fingerprint())); // one more may have come since
    long stale = seen.stale(order);
    screen.say("");
    screen.say(Screen.BOLD, "What hitless wrote into the server's log, the last time");
    String last = all.get(all.size() - 1).fingerprint();
    for (String line : log.hitless()) {
      boolean renewedOrRotated = line.contains(": renewed ") || line.contains(": rotated ");
      if (renewedOrRotated && (line.contains(" to " + last) || line.contains("SHA-256 " + last))) {
        screen.say(Screen.DIM, "  " + line);
      }
    }
    screen.say("");
    screen.say(Screen.BOLD, "Summary");
    screen.sum("renewals", renewed, all.size() - 1 + " of " + wanted + ", by nobody but hitless");
    screen.sum("handshakes", true, seen.handshakes() + ", each full, verified, with an answer");
    screen.sum("failures", failures.isEmpty(), failures.isEmpty() ? "none" : "" + failures.size());
    screen.sum("old after new", stale == 0, stale == 0 ? "never" : stale + " handshakes");
    failures.stream().limit(10).forEach(failure -> screen.say(Screen.BAD, "      " + failure));
    return renewed && failures.isEmpty() && stale == 0;
  }

  private void event(long time, Renewed of, String what) {
    screen.say(row(at(time), Screen.brief(of.fingerprint()), what));
  }

  private static String row(String time, String certificate, String what) {
    return "%8s  %-12s  %s".formatted(time, certificate, what);
  }

  private String at(long time) {
    return span(time - start);
  }

  private static String span(long micros) {
    double days = micros / (86_400 * SECOND);
    return Math.abs(days) > 1 ? "%.1f d".formatted(days) : "%.1f s".formatted(micros / SECOND);
  }
}
