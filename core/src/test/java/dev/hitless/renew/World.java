package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.PublicationException;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.RenewalLocks;
import dev.hitless.renew.publish.Repair;
import dev.hitless.renew.publish.Target;
import dev.hitless.renew.publish.UnforcedDisk;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.testing.ManualClock;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One PEM pair on a real file system, an issuer, and a process that keeps the pair renewed, under a
 * clock that only a test moves.
 */
final class World {
  static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final TestCa CA = TestCa.create("World CA");

  final ManualClock clock = new ManualClock(START);
  Disk disk = UnforcedDisk.create();
  final Path directory;
  final Target target;
  final List<Way> ways = new ArrayList<>();
  final List<IdentityPattern> patterns = new ArrayList<>();
  final List<String> reports = new ArrayList<>();
  double draw;
  boolean dryRun;
  Counters counters = new Counters();
  Identity served;
  Publisher publisher;
  Renewer renewer;
  Renewal renewal;
  RenewalLoop loop;

  World(Path directory, Duration lifetime) throws IOException {
    this.directory = directory;
    this.target =
        new Target(
            Location.pem(
                Arrays.asList(directory.resolve("cert.pem"), directory.resolve("key.pem")),
                Collections.emptyList()),
            "pem-0");
    put(issue(START, START.plus(lifetime)));
  }

  static Identity issue(Instant notBefore, Instant notAfter) {
    return CA.issue("EC", notBefore, notAfter, "www.example.test");
  }

  /** Puts an identity into the files and into service, as somebody else would. */
  void put(Identity identity) throws IOException {
    Files.write(directory.resolve("cert.pem"), bytes(Pems.chain(identity)));
    Files.write(directory.resolve("key.pem"), bytes(Pems.key(identity)));
    served = identity;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Starts a process, after the one before was killed. */
  World start() {
    publisher = new Publisher(disk, 5, reports::add, clock);
    Window window = new Window(Duration.ofDays(30), Duration.ofHours(1), f -> draw);
    renewer =
        new Renewer(
            disk,
            publisher,
            new Repair(disk, reports::add),
            new RenewalLocks(disk),
            new Selection(ways, patterns),
            window,
            dryRun,
            clock,
            new Log("off", null),
            counters);
    renewal = new Renewal(target, () -> served, renewer);
    loop = new RenewalLoop(clock, (what, cause) -> reports.add(what + ": " + cause));
    loop.keep("it", renewal);
    return this;
  }

  /** Lets time pass, as the loop sleeps. */
  void run(Duration time) throws InterruptedException {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Duration sleep = loop.step();
      Duration left = Duration.between(clock.instant(), end);
      clock.advance(sleep.compareTo(left) < 0 ? sleep : left);
    }
  }

  /** What the files hold. */
  Identity onDisk() throws Exception {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : target.location().files()) {
      contents.add(Files.readAllBytes(file));
    }
    return target.location().parse(contents).get("pem-0");
  }

  /** Issues certificates of one length, unless it is told to fail. */
  final class TestWay implements Way {
    final String name;
    final List<Instant> asked = new ArrayList<>();
    final List<Instant> rehearsed = new ArrayList<>();
    Duration length;
    Duration backDating = Duration.ZERO;
    Instant failsUntil = Instant.MIN;
    boolean own = true;
    Runnable before = () -> {};

    TestWay(String name, Duration length) {
      this.name = name;
      this.length = length;
    }

    @Override
    public boolean issued(X509Certificate leaf) {
      return own;
    }

    @Override
    public void rehearse(Attempt attempt) {
      rehearsed.add(clock.instant());
    }

    @Override
    public Identity renew(Attempt attempt) throws IssuerException, PublicationException {
      Instant now = clock.instant();
      asked.add(now);
      before.run();
      if (now.isBefore(failsUntil)) {
        throw new IssuerException(name + " is out of order", null);
      }
      Identity next = issue(now.minus(backDating), now.plus(length));
      if (!attempt.isDryRun()) {
        publisher.publish(attempt.target(), attempt.old(), next, attempt.fence());
        served = next;
      }
      return next;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  TestWay way(String name, Duration length) {
    TestWay way = new TestWay(name, length);
    ways.add(way);
    return way;
  }
}
