package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.renew.publish.WatchedDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole lifetimes under a clock that the test moves, with the files on a real disk. */
@Tag("logic")
class RenewalLoopTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path directory;

  private static Duration age(Instant moment) {
    return Duration.between(World.START, moment);
  }

  @Test
  void renewsAYearsCertificateOnDay335() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start().run(Duration.ofDays(680));
    assertThat(ca.asked).hasSize(2);
    assertThat(age(ca.asked.get(0)))
        .isBetween(Duration.ofDays(335), Duration.ofDays(335).plusHours(1));
    assertThat(Duration.between(ca.asked.get(0), ca.asked.get(1)))
        .isBetween(Duration.ofDays(335), Duration.ofDays(335).plusHours(1));
    assertThat(world.onDisk()).isEqualTo(world.served);
    assertThat(world.renewal.status().issuer()).isEqualTo("CA");
    assertThat(world.renewal.status().failures()).isZero();
    assertThat(world.counters.renewals.sum()).isEqualTo(2);
    assertThat(world.reports).isEmpty();
  }

  @Test
  void renewsUpToADayEarlierByItsDraw() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.draw = 0.5;
    world.start().run(Duration.ofDays(340));
    assertThat(age(ca.asked.get(0)))
        .isBetween(Duration.ofHours(334 * 24 + 12), Duration.ofHours(334 * 24 + 13));
  }

  @Test
  void rehearsesOnceInTheLastHourBefore() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start().run(Duration.ofDays(680));
    assertThat(ca.asked).hasSize(2);
    assertThat(ca.rehearsed).hasSize(1);
    assertThat(ca.rehearsed.get(0))
        .isBetween(ca.asked.get(0).minus(Duration.ofHours(1)), ca.asked.get(0).minusMillis(1));
  }

  @Test
  void opensNoFileToSeeThatAThousandCertificatesAreNotDue() throws Exception {
    World world = new World(directory, YEAR);
    List<String> operations = new ArrayList<>();
    world.disk = WatchedDisk.of(world.disk, (operation, paths) -> operations.add(operation));
    world.way("CA", YEAR);
    world.start();
    for (int i = 0; i < 1000; i++) {
      world.loop.keep(i, new Renewal(world.target, () -> world.served, world.renewer));
    }
    world.run(Duration.ofHours(1));
    assertThat(operations).as("once, for what is recorded").isNotEmpty();
    operations.clear();
    world.run(Duration.ofDays(2));
    assertThat(operations).isEmpty();
  }

  @Test
  void isStillInTimeWhenTheIssuerFailsForTwentyDays() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    ca.failsUntil = World.START.plus(Duration.ofDays(355));
    world.start().run(Duration.ofDays(356));
    Instant success = ca.asked.get(ca.asked.size() - 1);
    assertThat(age(success))
        .isBetween(Duration.ofDays(355), Duration.ofDays(355).plusHours(6).plusMinutes(1));
    assertThat(ca.asked).hasSizeBetween(80, 120);
    assertThat(world.counters.renewalFailures.sum()).isEqualTo(ca.asked.size() - 1);
    assertThat(world.renewal.status().failures()).isZero();
    assertThat(world.renewal.status().lastFailureReason()).contains("CA is out of order");
    assertThat(world.onDisk()).isEqualTo(world.served);
  }

  @Test
  void goesOnAfterTheExpiry() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    ca.failsUntil = World.START.plus(Duration.ofDays(400));
    world.start().run(Duration.ofDays(401));
    assertThat(age(world.renewal.status().last()))
        .isBetween(Duration.ofDays(400), Duration.ofDays(400).plusHours(6).plusMinutes(1));
  }

  @Test
  void renewsWhatExpiredBeforeTheStartAtOnce() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.clock.advance(YEAR.plusDays(100));
    world.start().loop.step();
    assertThat(ca.asked).hasSize(1);
  }

  @Test
  void noticesThatTheMachineWasSuspended() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start().run(Duration.ofDays(1));
    world.clock.advance(Duration.ofDays(350)); // within one sleep
    world.run(Duration.ofSeconds(1));
    assertThat(ca.asked).hasSize(1);
  }

  @Test
  void isNotHeldUpByAClockThatIsSetBack() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    ca.failsUntil = World.START.plus(Duration.ofDays(500));
    world.start().run(Duration.ofDays(360));
    assertThat(world.renewal.status().failures()).isPositive();
    ca.failsUntil = Instant.MIN;
    world.clock.set(World.START.plus(Duration.ofDays(340)));
    world.run(Duration.ofSeconds(1));
    assertThat(world.counters.renewals.sum()).isEqualTo(1);
  }

  @Test
  void keepsCertificatesOfHalfAMinuteAlive() throws Exception {
    World world = new World(directory, Duration.ofSeconds(30));
    World.TestWay ca = world.way("CA", Duration.ofSeconds(30));
    ca.backDating = Duration.ofHours(1);
    world.start();
    for (int i = 0; i < 1000; i++) {
      world.clock.advance(world.loop.step());
      assertThat(world.served.leaf().getNotAfter())
          .isAfter(java.util.Date.from(world.clock.instant()));
    }
    long ran = age(world.clock.instant()).toMillis() / 1000;
    assertThat((long) ca.asked.size()).isBetween(ran / 17, ran / 13);
  }

  @Test
  void triesSeveralTimesInTheWindowOfHalfAMinute() throws Exception {
    World world = new World(directory, Duration.ofSeconds(30));
    World.TestWay ca = world.way("CA", Duration.ofSeconds(30));
    ca.failsUntil = World.START.plusSeconds(25);
    world.start().run(Duration.ofSeconds(30));
    assertThat(ca.asked).hasSizeBetween(4, 15);
    assertThat(world.counters.renewals.sum()).isEqualTo(1);
  }

  @Test
  void keepsItsCountersAcrossARestart() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    ca.failsUntil = Instant.MAX;
    world.start().run(Duration.ofDays(336));
    int failures = world.renewal.status().failures();
    Instant next = world.renewal.status().next();
    int asked = ca.asked.size();
    assertThat(failures).isGreaterThan(8);
    world.start().loop.step();
    assertThat(world.renewal.status().failures()).isEqualTo(failures);
    assertThat(world.renewal.status().next()).isEqualTo(next);
    assertThat(ca.asked).hasSize(asked);
    world.run(Duration.between(world.clock.instant(), next).plusSeconds(1));
    assertThat(ca.asked).hasSize(asked + 1);
    assertThat(world.renewal.status().failures()).isEqualTo(failures + 1);
  }

  @Test
  void remembersWhenItIssuedAcrossARestart() throws Exception {
    World world = new World(directory, Duration.ofHours(2));
    World.TestWay ca = world.way("CA", Duration.ofHours(2));
    ca.backDating = Duration.ofMinutes(30);
    world.start().run(Duration.ofMinutes(61));
    Instant next = world.renewal.status().next();
    assertThat(next).isEqualTo(ca.asked.get(0).plus(Duration.ofHours(1)));
    world.start().loop.step();
    assertThat(world.renewal.status().next()).isEqualTo(next);
  }

  @Test
  void doesNotSpinWhereEachCertificateBeginsInsideItsWindow() throws Exception {
    World world = new World(directory, Duration.ofDays(90));
    World.TestWay ca = world.way("CA", Duration.ofDays(1));
    ca.backDating = Duration.ofDays(89);
    world.clock.advance(Duration.ofDays(80));
    world.start().run(Duration.ofDays(10));
    assertThat(ca.asked).hasSizeBetween(10, 21);
  }

  @Test
  void doesNotSpinWhereNothingCanBeRemembered() throws Exception {
    World world = new World(directory, Duration.ofDays(90));
    World.TestWay ca = world.way("CA", Duration.ofDays(1));
    ca.backDating = Duration.ofDays(89);
    Path home = world.start().publisher.home(world.target);
    Files.createDirectories(new HistoryFile(home, world.target).file().resolve("in/the/way"));
    world.clock.advance(Duration.ofDays(80));
    world.run(Duration.ofDays(2));
    assertThat(ca.asked).hasSizeBetween(2, 5);
  }

  @Test
  void asksNoIssuerWhereNothingCanBePublishedAndRests() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    Path cert = directory.resolve("cert.pem");
    Files.move(cert, directory.resolve("elsewhere.pem"));
    Files.createSymbolicLink(cert, directory.resolve("elsewhere.pem"));
    world.start().run(Duration.ofDays(336));
    assertThat(ca.asked).isEmpty();
    assertThat(world.counters.renewalFailures.sum()).isBetween(5L, 20L);
    assertThat(world.renewal.status().lastFailureReason()).contains("symbolic link");
  }

  @Test
  void goesOnWithTheOthersWhenOneThrows() throws Exception {
    World world = new World(directory, Duration.ofDays(30));
    World.TestWay ca = world.way("CA", YEAR);
    world.start();
    List<Integer> thrown = new ArrayList<>();
    world.loop.keep(
        "bad",
        new Renewal(
            world.target,
            () -> {
              thrown.add(1);
              throw new IllegalStateException("no identity here");
            },
            world.renewer));
    world.run(Duration.ofDays(21));
    assertThat(thrown).isNotEmpty();
    assertThat(ca.asked).hasSize(1);
    assertThat(world.reports).allMatch(line -> line.contains("no identity here"));
  }

  @Test
  void forgetsWhatItIsToldTo() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start().loop.drop("it");
    world.run(Duration.ofDays(336));
    assertThat(ca.asked).isEmpty();
  }

  @Test
  void runsOnAThreadUntilItIsStopped() throws Exception {
    World world = new World(directory, Duration.ofDays(90));
    World.TestWay ca = world.way("CA", YEAR);
    world.clock.advance(Duration.ofDays(80));
    world.start();
    Thread thread = new Thread(world.loop, "renewing");
    thread.start();
    long end = System.nanoTime() + 20_000_000_000L;
    while (world.counters.renewals.sum() == 0 && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    world.loop.stop();
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(ca.asked).hasSize(1);
  }
}
