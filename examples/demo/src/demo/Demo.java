package demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the server's keystore once a second, and compares what the client sees with what it
 * ought to see. Exits with 0 if all is well, with 1 if not.
 */
final class Demo {
  private static final long SECOND = 1_000_000;

  /** A busy machine may be slow; the next replacement then waits for this one. */
  private static final long TO_BE_SEEN = 10 * SECOND;

  private final Screen screen = new Screen();
  private final Seen seen = new Seen();
  private final ProcessHandle server;
  private final Path keystore;
  private final Path certificates;
  private final ServerLog log;
  private final List<String> order = new ArrayList<>();
  private final Summary summary = new Summary(screen, seen);

  private Demo(ProcessHandle server, Path base, Path certificates) {
    this.server = server;
    this.keystore = base.resolve("conf/server.p12");
    this.certificates = certificates;
    this.log = new ServerLog(base.resolve("logs/server.log"));
  }

  /** Arguments: the server's process, its port, its CATALINA_BASE, the folder of certificates. */
  public static void main(String[] args) throws Exception {
    ProcessHandle server = ProcessHandle.of(Long.parseLong(args[0])).orElseThrow();
    Demo demo = new Demo(server, Path.of(args[2]), Path.of(args[3]));
    System.exit(demo.run(Integer.parseInt(args[1])) ? 0 : 1);
  }

  private boolean run(int port) throws Exception {
    Path ca = certificates.resolve("ca.pem");
    if (!Load.isUp(server, port, ca)) {
      screen.say(Screen.BAD, "The server did not start. The end of its log:");
      log.tail().forEach(screen::say);
      return false;
    }
    order.add(Certificates.fingerprint(certificates.resolve("0.p12")));
    try (Load load = Load.start(port, ca, seen, 1, 100)) {
      return rotate(port, load);
    }
  }

  private boolean rotate(int port, Load load) throws Exception {
    screen.say("");
    screen.say("https://localhost:" + port + " is up, process " + server.pid() + "; its log says:");
    Optional<String> following = log.line("hitless INFO: following");
    screen.say(Screen.DIM, "  " + following.orElse("nothing of hitless yet"));
    screen.heading();
    screen.say(Screen.row("0.0 s", Screen.brief(order.get(0)), "(at the start)", "", "", "opened"));
    long start = Micros.now();
    for (int i = 1; Files.exists(certificates.resolve(i + ".p12")); i++) {
      Thread.sleep(Math.max(0, (start + i * SECOND - Micros.now()) / 1000));
      step(i, start, load);
    }
    return summary.print(order, log);
  }

  /** One rotation: replace the file, and see what becomes of it before the next is due. */
  private void step(int i, long start, Load load) throws Exception {
    Path next = certificates.resolve(i + ".p12");
    String fingerprint = Certificates.fingerprint(next);
    order.add(fingerprint);
    Way way = Way.values()[(i - 1) % Way.values().length];
    way.replace(keystore, Files.readAllBytes(next));
    long replaced = Micros.now();
    long until = replaced + TO_BE_SEEN;
    Long first = seen.awaitFirst(fingerprint, until);
    Long proved = log.awaitRotated(fingerprint, until);
    boolean answered = load.ask(Micros.now() + TO_BE_SEEN);
    Double millis = first == null ? null : Math.max(0, first - replaced) / 1000.0;
    summary.add(millis, proved != null, answered);
    screen.say(
        first != null && proved != null && answered ? Screen.PLAIN : Screen.BAD,
        Screen.row(
            "%.1f s".formatted((replaced - start) / 1e6),
            Screen.brief(fingerprint),
            way.title,
            millis == null ? "not seen" : "%.1f ms".formatted(millis),
            proved == null ? "not logged" : proved + " ms",
            answered ? "answers" : "no answer"));
  }
}
