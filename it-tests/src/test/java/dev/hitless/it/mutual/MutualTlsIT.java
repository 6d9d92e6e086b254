package dev.hitless.it.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A Tomcat that lets only clients with a certificate in, and a client that connects all the time,
 * both with the flag only, while both identities and what both trust are replaced at random.
 */
final class MutualTlsIT {
  private static final boolean FULL = "full".equals(System.getenv("HITLESS_IT"));
  private static final Long ASKED_FOR = Long.getLong("hitless.mutual.handshakes");
  private static final int QUICK_HANDSHAKES = 1_000;
  private static final int FULL_HANDSHAKES = 6_000;

  /** On a slow machine fewer handshakes do, unless a number was asked for. */
  private static final Duration LONGEST = FULL ? Duration.ofSeconds(12) : Duration.ofSeconds(5);

  private static final int FEWEST_STEPS = 12;
  private static final int THREADS = 4;

  @TempDir Path folder;

  static Stream<Named<Jdk>> jdks() throws IOException {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    return (FULL ? Stream.of(8, 17, 25) : Stream.of(all.lastKey()))
        .filter(all::containsKey)
        .map(feature -> Named.of("JDK " + feature, all.get(feature)));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void noHandshakeFailsWhileBothIdentitiesAndBothTrustsRotate(Jdk jdk) throws Exception {
    long seed = Long.getLong("hitless.mutual.seed", new Random().nextLong());
    List<TestCa> roots = List.of(new TestCa("first"), new TestCa("second"), new TestCa("third"));
    Side clients = new Side(Files.createDirectory(folder.resolve("client")), roots.get(0));
    try (MutualTomcat server = MutualTomcat.start(jdk, folder, roots.get(0));
        StormClient client = StormClient.start(jdk, clients)) {
      server.await(() -> client.tryOnce(server.port()).equals("ok"));
      client.go(THREADS, 0, server.port());
      RandomRotation rotation =
          new RandomRotation(new Random(seed), roots, server.side(), clients, client::settle);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      for (int steps = 0; steps < FEWEST_STEPS || goesOn(client, deadline); steps++) {
        rotation.step();
      }
      Count count = client.stop();

      System.out.printf(
          "mutual TLS on JDK %d: %s; server: %s; client: %s; seed %d%n",
          jdk.feature(), count, server.side(), clients, seed);
      assertThat(count.failed()).as(() -> client.said() + server.said()).isZero();
      assertThat(count.full()).isPositive();
      assertThat(server.said()).doesNotContain("hitless ERROR", "Handshake failed");
      assertThat(client.said()).doesNotContain("hitless ERROR");
    }
  }

  private static boolean goesOn(StormClient client, long deadline) {
    long wanted = ASKED_FOR != null ? ASKED_FOR : FULL ? FULL_HANDSHAKES : QUICK_HANDSHAKES;
    Count count = client.count();
    return count.answered() < wanted
        && count.failed() == 0
        && (ASKED_FOR != null || System.nanoTime() < deadline);
  }
}
