package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.renew.publish.Publisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("logic")
class HistoriesTest {
  private static final Fingerprint NEXT =
      Fingerprint.ofBytes("next".getBytes(StandardCharsets.US_ASCII));

  @TempDir Path directory;
  private World world;
  private Histories own;
  private Histories others;

  @BeforeEach
  void twoProcesses() throws Exception {
    world = new World(directory, Duration.ofDays(1)).start();
    Publisher publisher = world.publisher;
    own = new Histories(publisher);
    others = new Histories(publisher);
    Files.createDirectories(publisher.home(world.target).resolve(".hitless"));
    own.remember(
        world.target, History.none().failed(world.served.fingerprint(), World.START, "no lock"));
  }

  /** Else what another process has issued would be due at once: it tells not when it was. */
  @Test
  void knowsWhatAnotherProcessRenewedAfterAFailureOfItsOwnThatWasNotSaved() {
    others.save(world.target, History.none().coming(NEXT, World.START));

    assertThat(own.load(world.target).issuedOf(NEXT)).isEqualTo(World.START);
  }

  @Test
  void keepsInMemoryWhatWasNotSaved() {
    assertThat(own.load(world.target).failuresOf(world.served.fingerprint())).isEqualTo(1);
    assertThat(others.load(world.target).failuresOf(world.served.fingerprint())).isZero();
  }
}
