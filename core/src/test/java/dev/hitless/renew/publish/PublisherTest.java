package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherTest {
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity SECOND = CA.issue("EC", "a.example");
  private static final Fence OPEN = () -> {};

  @TempDir Path directory;
  private final List<String> notes = new ArrayList<>();
  private final Disk disk = new RealDisk();
  private final Publisher publisher = new Publisher(disk, 5, notes::add, Clock.systemUTC());

  @ParameterizedTest
  @EnumSource
  void replacesAnIdentityInItsOwnFormat(Shape shape) throws Exception {
    Target target = write(shape, FIRST);
    publisher.check(target, FIRST);
    assertThat(held(shape).fingerprint()).isEqualTo(FIRST.fingerprint());
    publisher.publish(target, FIRST, SECOND, OPEN);
    assertThat(held(shape).fingerprint()).isEqualTo(SECOND.fingerprint());
    assertThat(notes).isEmpty();
  }

  @Test
  void refusesWhatDoesNotHoldTheIdentityToBeReplaced() throws Exception {
    Target target = write(Shape.PEM_PAIR, FIRST);
    Identity third = CA.issue("EC", "a.example");
    assertThatThrownBy(() -> publisher.publish(target, SECOND, third, OPEN))
        .isInstanceOf(PublicationException.class)
        .hasMessageContaining("no longer holds");
    assertThat(held(Shape.PEM_PAIR).fingerprint()).isEqualTo(FIRST.fingerprint());
  }

  /** Each time, a password of thousands of iterations becomes three keys. */
  @Test
  void loadsAKeyStoreOnceToRenewItAgain() throws Exception {
    Path file = directory.resolve("server.p12");
    Files.write(file, KeyStores.pkcs12("server", FIRST, "changeit"));
    Location location =
        Location.keyStore(
            file,
            "PKCS12",
            new CountedKeyStores(),
            "changeit".toCharArray(),
            Collections.emptyList());
    Target target = new Target(location, "server");
    publisher.check(target, FIRST);
    publisher.publish(target, FIRST, SECOND, OPEN);
    int before = CountedKeyStores.LOADS.get();
    Identity third = CA.issue("EC", "a.example");

    publisher.check(target, SECOND);
    publisher.publish(target, SECOND, third, OPEN);
    Identity followed =
        location.parse(Collections.singletonList(Files.readAllBytes(file))).get("server");

    assertThat(followed).isEqualTo(third);
    assertThat(CountedKeyStores.LOADS.get() - before).as("what was written").isEqualTo(1);
  }

  private Target write(Shape shape, Identity identity) throws IOException {
    for (Map.Entry<String, byte[]> file : shape.files(identity).entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return shape.target(directory);
  }

  /** Asks as another process does. */
  private Identity held(Shape shape) throws Exception {
    Target target = shape.target(directory);
    List<byte[]> contents = new ArrayList<>();
    for (Path file : target.location().files()) {
      contents.add(Files.readAllBytes(file));
    }
    return target.location().parse(contents).get(target.alias());
  }
}
