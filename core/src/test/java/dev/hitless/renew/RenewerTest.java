package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.renew.publish.RenewalLock;
import dev.hitless.renew.publish.RenewalLocks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One renewal at a time, and what comes of it. */
class RenewerTest {
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir Path directory;

  private World due() throws Exception {
    World world = new World(directory, MONTH);
    world.clock.advance(Duration.ofDays(25));
    return world;
  }

  private Map<String, String> everything() throws Exception {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) paths::iterator) {
        String content =
            Files.isDirectory(each)
                ? ""
                : new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
        all.put(each.toString(), Files.getLastModifiedTime(each) + content);
      }
    }
    return all;
  }

  @Test
  void renewsWhatIsDueOnce() throws Exception {
    World world = due();
    World.TestWay ca = world.way("CA", MONTH);
    Identity old = world.served;
    world.start();

    assertThat(world.renewer.renew(world.target, old, false).kind())
        .isEqualTo(Outcome.Kind.RENEWED);
    assertThat(world.onDisk()).isEqualTo(world.served).isNotEqualTo(old);

    // Whoever comes next reads the files again, and has nothing to do.
    assertThat(world.renewer.renew(world.target, old, false).kind())
        .isEqualTo(Outcome.Kind.NOT_DUE);
    assertThat(ca.asked).hasSize(1);
  }

  @Test
  void renewsWhatIsNotDueIfForced() throws Exception {
    World world = new World(directory, MONTH);
    world.way("CA", MONTH);
    Identity old = world.served;
    world.start();

    assertThat(world.renewer.renew(world.target, old, false).kind())
        .isEqualTo(Outcome.Kind.NOT_DUE);
    assertThat(world.renewer.renew(world.target, old, true).kind()).isEqualTo(Outcome.Kind.RENEWED);
  }

  @Test
  void writesNothingInADryRun() throws Exception {
    World world = due();
    world.way("CA", MONTH);
    world.dryRun = true;
    world.start();
    Map<String, String> before = everything();

    Outcome outcome = world.renewer.renew(world.target, world.served, false);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.WOULD_RENEW);
    assertThat(outcome.message()).contains("nothing is written");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void leavesItToWhoHoldsTheLock() throws Exception {
    World world = due();
    World.TestWay ca = world.way("CA", MONTH);
    world.start();

    try (RenewalLock held =
        new RenewalLocks(world.disk).tryAcquire(world.publisher.home(world.target)).get()) {
      assertThat(held.isHeld()).isTrue();
      assertThat(world.renewer.renew(world.target, world.served, false).kind())
          .isEqualTo(Outcome.Kind.BUSY);
    }
    assertThat(ca.asked).isEmpty();
  }

  @Test
  void asksTheNextIssuerWhenOneFails() throws Exception {
    World world = due();
    World.TestWay first = world.way("first", MONTH);
    first.failsUntil = World.START.plus(Duration.ofDays(99));
    world.way("second", MONTH);
    world.start();

    Outcome outcome = world.renewer.renew(world.target, world.served, false);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RENEWED);
    assertThat(outcome.message()).contains("issued by second");
    assertThat(first.asked).hasSize(1);
  }

  @Test
  void keepsTheCertificateWhenAllFailAndSaysWhy() throws Exception {
    World world = due();
    world.way("first", MONTH).failsUntil = World.START.plus(Duration.ofDays(99));
    world.way("second", MONTH).failsUntil = World.START.plus(Duration.ofDays(99));
    Identity old = world.served;
    world.start();

    Outcome outcome = world.renewer.attempt(world.target, old);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(outcome.message())
        .contains("first: first is out of order", "second: second is out of order", "stays");
    assertThat(world.onDisk()).isEqualTo(old);
    assertThat(world.renewer.history(world.target).failuresOf(old.fingerprint())).isEqualTo(1);
    assertThat(world.counters.renewalFailures.sum()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoAboutFilesThatHoldNoIdentity() throws Exception {
    World world = due();
    World.TestWay ca = world.way("CA", MONTH);
    world.start();
    Files.write(directory.resolve("key.pem"), new byte[0]);

    Outcome outcome = world.renewer.renew(world.target, world.served, false);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(outcome.message()).contains("was not renewed", "mend the files", "stays");
    assertThat(ca.asked).isEmpty();
  }
}
