package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.renew.issue.KeyKind;
import dev.hitless.renew.issue.LocalCa;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.WatchedDisk;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerWayTest {
  @TempDir Path directory;

  /** Other processes, which see it at once, would take the back-dating of seconds for age. */
  @Test
  void recordsWhenItWasIssuedBeforeAnyoneCanSeeIt() throws Exception {
    World world = new World(directory, Duration.ofMinutes(2));
    List<Fingerprint> recorded = new ArrayList<>();
    Disk disk =
        WatchedDisk.of(
            world.disk,
            (operation, paths) -> {
              if (operation.equals("rename") && paths[1].endsWith("cert.pem")) {
                recorded.add(coming(world));
              }
            });
    addLocalCa(world, disk);
    Identity first = world.start().onDisk();

    Outcome outcome = world.renewer.renew(world.target, first, true);

    assertThat(outcome.kind()).as(outcome.message()).isEqualTo(Outcome.Kind.RENEWED);
    Fingerprint next = world.onDisk().fingerprint();
    assertThat(recorded).containsExactly(next);
    assertThat(world.renewer.issued(world.target, next)).isEqualTo(World.START);
    assertThat(coming(world)).isNull();
  }

  /**
   * A thousand of them beside the handshakes: what was verified when the identity was taken into
   * service, however long ago, is not verified again, and a CA of this process needs no request
   * that is signed.
   */
  @Test
  void makesAndVerifiesOneSignature() throws Exception {
    World world = new World(directory, Duration.ofMinutes(2));
    addLocalCa(world, world.disk);
    Identity first = world.start().onDisk();
    Identity second = world.renewer.renew(world.target, first, true).identity();
    for (int i = 0; i < 260; i++) {
      World.issue(World.START, World.START.plusSeconds(60)); // verified since
    }
    Location ca = authority();
    ca.parse(Collections.singletonList(Files.readAllBytes(ca.files().get(0)))); // by all of them

    try (CountedSignatures signatures = new CountedSignatures()) {
      Outcome outcome = world.renewer.renew(world.target, second, true);

      assertThat(outcome.kind()).as(outcome.message()).isEqualTo(Outcome.Kind.RENEWED);
      assertThat(signatures.made()).as("the certificate").isEqualTo(1);
      assertThat(signatures.verified()).as("the same").isEqualTo(1);
    }
  }

  private void addLocalCa(World world, Disk disk) throws Exception {
    SecureRandom random = new SecureRandom();
    Location ca = authority();
    Files.write(ca.files().get(0), Pems.bytes(Pems.combined(TestCa.create("CA").identity())));
    LocalCa issuer = new LocalCa(ca, null, world.disk, world.clock, random, world.reports::add);
    Publisher publisher = new Publisher(disk, 5, world.reports::add, world.clock);
    world.ways.add(
        new IssuerWay(issuer, publisher, KeyKind.P_256, false, null, world.clock, random));
    world.patterns.add(IdentityPattern.of("*"));
  }

  private Location authority() {
    return Location.pem(
        Collections.singletonList(directory.resolve("ca.pem")), Collections.emptyList());
  }

  private static Fingerprint coming(World world) {
    return world.renewer.history(world.target).coming();
  }
}
