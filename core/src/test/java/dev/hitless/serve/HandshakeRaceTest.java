package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No handshake fails, however fast generations of different keys follow each other. */
final class HandshakeRaceTest {
  private static final int HANDSHAKES = 3_000;
  private static final int MOST_MILLIS = 1_200;
  private static List<Identity> generations;

  @BeforeAll
  static void makeGenerations() {
    generations = RaceProgram.alternating();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "SunX509, DIRECT, ENGINES",
    "SunX509, DIRECT, SOCKETS",
    "SunX509, WRAPPED, ENGINES",
    "SunX509, WRAPPED, SOCKETS",
    "PKIX, DIRECT, ENGINES",
    "PKIX, DIRECT, SOCKETS",
    "PKIX, WRAPPED, ENGINES",
    "PKIX, WRAPPED, SOCKETS",
  })
  void noHandshakeFailsWhileRsaAndEcAlternate(
      String algorithm, SwappingServer.Setup setup, HandshakeRace.Transport transport)
      throws GeneralSecurityException, IOException, InterruptedException {
    SwappingServer server = SwappingServer.rotating(algorithm, generations.get(0), setup);
    HandshakeRace race =
        new HandshakeRace(transport, HANDSHAKES, MOST_MILLIS, "TLSv1.3", "TLSv1.2");

    race.run(server, generations);

    assertThat(race.failures()).isEmpty();
    assertThat(race.presented())
        .extracting(leaf -> leaf.getPublicKey().getAlgorithm())
        .contains("RSA", "EC");
  }

  @Test
  void keyAndChainArePairedWhereOnlyTheFactoryWasSeen()
      throws GeneralSecurityException, IOException, InterruptedException {
    List<Identity> ofOneKind = new ArrayList<>();
    for (int i = 1; i < generations.size(); i += 2) {
      ofOneKind.add(generations.get(i));
    }
    SwappingServer server =
        SwappingServer.rotating("SunX509", ofOneKind.get(0), SwappingServer.Setup.WRAPPED_UNSEEN);
    HandshakeRace race =
        new HandshakeRace(
            HandshakeRace.Transport.ENGINES, HANDSHAKES, MOST_MILLIS, "TLSv1.3", "TLSv1.2");

    race.run(server, ofOneKind);

    assertThat(race.failures()).isEmpty();
    assertThat(race.presented())
        .contains(
            ofOneKind.stream().map(Identity::leaf).distinct().toArray(X509Certificate[]::new));
  }
}
