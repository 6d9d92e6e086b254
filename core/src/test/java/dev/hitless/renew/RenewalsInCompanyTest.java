package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewals of several issuers and processes, by force and for practice. */
@Tag("logic")
class RenewalsInCompanyTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path directory;

  @Test
  void asksTheNextIssuerWhenOneFails() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay first = world.way("first CA", YEAR);
    World.TestWay second = world.way("second CA", YEAR);
    first.failsUntil = Instant.MAX;
    world.start().run(Duration.ofDays(336));
    assertThat(first.asked).hasSize(1);
    assertThat(second.asked).hasSize(1);
    assertThat(world.renewal.status().issuer()).isEqualTo("second CA");
  }

  @Test
  void saysOfEachIssuerWhyItFailed() throws Exception {
    World world = new World(directory, YEAR);
    world.way("first CA", YEAR).failsUntil = Instant.MAX;
    world.way("second CA", YEAR).before =
        () -> {
          throw new IllegalStateException("a bug");
        };
    world.start();
    world.clock.advance(Duration.ofDays(340));
    Outcome outcome = world.renewer.renew(world.target, world.served, false);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(outcome.message())
        .contains("first CA is out of order", "second CA", "a bug", "the certificate before stays")
        .as("somebody else decides whether it is tried again")
        .doesNotContain("attempt");
    assertThat(outcome.identity()).isEqualTo(world.onDisk());
  }

  @Test
  void leavesToOthersWhatTheyRenewed() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start();
    world.clock.advance(Duration.ofDays(340));
    Identity old = world.served;
    Instant now = world.clock.instant();
    world.put(World.issue(now, now.plus(YEAR)));
    Identity others = world.served;
    world.served = old; // not followed yet
    world.run(Duration.ofDays(2));
    assertThat(ca.asked).isEmpty();
    assertThat(world.onDisk()).isEqualTo(others);
    world.served = others;
    world.run(Duration.ofDays(336));
    assertThat(ca.asked).hasSize(1);
  }

  @Test
  void waitsWhileAnotherProcessRenews() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start();
    world.clock.advance(Duration.ofDays(340));
    try (dev.hitless.renew.publish.RenewalLock lock =
        new dev.hitless.renew.publish.RenewalLocks(world.disk)
            .tryAcquire(world.publisher.home(world.target))
            .get()) {
      assertThat(lock.isHeld()).isTrue();
      world.run(Duration.ofMinutes(10));
      assertThat(ca.asked).isEmpty();
      assertThat(world.counters.renewalFailures.sum()).isZero();
    }
    world.run(Duration.ofMinutes(2));
    assertThat(ca.asked).hasSize(1);
  }

  @Test
  void renewsUnderForceWhatIsNotDue() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.start();
    Outcome notDue = world.renewer.renew(world.target, world.served, false);
    assertThat(notDue.kind()).isEqualTo(Outcome.Kind.NOT_DUE);
    assertThat(notDue.identity()).isEqualTo(world.served);
    Outcome renewed = world.renewer.renew(world.target, world.served, true);
    assertThat(renewed.kind()).isEqualTo(Outcome.Kind.RENEWED);
    assertThat(renewed.identity()).isEqualTo(world.onDisk());
    assertThat(renewed.message()).contains(world.served.fingerprint().hex(), "issued by CA");
    assertThat(ca.asked).hasSize(1);
  }

  @Test
  void writesNothingInADryRunAndSaysItOncePerCertificate() throws Exception {
    World world = new World(directory, YEAR);
    World.TestWay ca = world.way("CA", YEAR);
    world.dryRun = true;
    byte[] before = Files.readAllBytes(directory.resolve("cert.pem"));
    world.start().run(Duration.ofDays(350));
    assertThat(ca.asked).hasSize(1);
    assertThat(Files.readAllBytes(directory.resolve("cert.pem"))).isEqualTo(before);
    assertThat(directory.resolve(".hitless")).doesNotExist();
    assertThat(world.counters.renewals.sum()).isZero();
  }
}
