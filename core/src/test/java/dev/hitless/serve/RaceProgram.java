package dev.hitless.serve;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One race as a program of its own, so that it can be run on any JDK: prints what came of it as
 * {@code name=value} lines.
 */
public final class RaceProgram {
  private static final long MOST_MILLIS = 3_600_000;

  private RaceProgram() {}

  /**
   * Runs a race between alternating RSA and EC generations.
   *
   * @param args {@code rotating}, {@code wrapped} or {@code naive}; the factory's algorithm; {@code
   *     engines} or {@code sockets}; the protocol; how many handshakes
   */
  public static void main(String[] args)
      throws GeneralSecurityException, IOException, InterruptedException {
    List<Identity> generations = alternating();
    HandshakeRace race =
        new HandshakeRace(
                HandshakeRace.Transport.valueOf(args[2].toUpperCase(Locale.ROOT)),
                Long.parseLong(args[4]),
                MOST_MILLIS,
                args[3])
            .run(server(args[0], args[1], generations), generations);
    System.out.println("handshakes=" + race.handshakes());
    System.out.println("failed=" + race.failed());
    System.out.println("swaps=" + Math.round(race.swapsPerSecond()));
    race.failures().forEach((text, times) -> System.err.println(times + " x " + text));
  }

  /** Eight generations, RSA and EC in turn. */
  static List<Identity> alternating() {
    TestCa ca = TestCa.create("race");
    List<Identity> generations = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      generations.add(ca.issue("RSA", "race.example"));
      generations.add(ca.issue("EC", "race.example"));
    }
    return generations;
  }

  private static SwappingServer server(String design, String algorithm, List<Identity> generations)
      throws GeneralSecurityException, IOException {
    switch (design) {
      case "rotating":
        return SwappingServer.rotating(algorithm, generations.get(0), SwappingServer.Setup.DIRECT);
      case "wrapped":
        return SwappingServer.rotating(algorithm, generations.get(0), SwappingServer.Setup.WRAPPED);
      case "naive":
        return SwappingServer.naive(algorithm, generations);
      default:
        throw new IllegalArgumentException(design);
    }
  }
}
