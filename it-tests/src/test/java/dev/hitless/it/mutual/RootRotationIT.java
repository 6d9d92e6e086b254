package dev.hitless.it.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Openssl;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.start.Agent;
import dev.hitless.it.start.Probes;
import dev.hitless.it.trust.Program;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A root is replaced in stages: two servers and two clients, each in a JVM of its own with the flag
 * only, and the clients connect to the servers all the time. The old root, then both, then
 * identities of the new one, then the new root only.
 */
@Execution(ExecutionMode.CONCURRENT)
final class RootRotationIT {
  private static final int THREADS = 1;
  private static final int PAUSE_MS = 50;

  @TempDir Path folder;

  /** Which JDK the Tomcat and the URL client run on, and which the plain server and the other. */
  static Stream<List<Named<Jdk>>> pairs() throws IOException {
    var all = Jdks.find();
    Named<Jdk> oldest = Named.of("JDK " + all.firstKey(), all.firstEntry().getValue());
    Named<Jdk> newest = Named.of("JDK " + all.lastKey(), all.lastEntry().getValue());
    Stream<List<Named<Jdk>>> quick = Stream.of(List.of(oldest, newest));
    return "full".equals(System.getenv("HITLESS_IT"))
        ? Stream.concat(quick, Stream.of(List.of(newest, oldest)))
        : quick;
  }

  @ParameterizedTest(name = "Tomcat and the second client, the plain server and the first on {0}")
  @MethodSource("pairs")
  void nobodyLegitimateIsRefusedAndTheOldRootIsOutAtTheEnd(List<Named<Jdk>> jdks) throws Exception {
    Jdk one = jdks.get(0).getPayload();
    Jdk other = jdks.get(1).getPayload();
    TestCa old = new TestCa("old");
    TestCa next = new TestCa("new");
    Side plainSide = side("plain", old);
    Side firstSide = side("first", old);
    Side secondSide = side("second", old);
    try (MutualTomcat tomcat = MutualTomcat.start(one, folder, old);
        Program plain = plainServer(other, plainSide, true);
        StormClient first = StormClient.start(other, firstSide);
        StormClient second = StormClient.start(one, secondSide);
        OldRoot leftBehind = new OldRoot(old, next)) {
      plainSide.logsTo(plain::said);
      int plainPort = port(plain);
      List<StormClient> clients = List.of(first, second);
      for (StormClient client : clients) {
        tomcat.await(() -> client.tryOnce(tomcat.port()).equals("ok"));
        assertThat(client.tryOnce(plainPort)).as(client::said).isEqualTo("ok");
        client.go(THREADS, PAUSE_MS, tomcat.port(), plainPort);
      }
      List<Side> sides = List.of(tomcat.side(), plainSide, firstSide, secondSide);
      int[] servers = {tomcat.port(), plainPort};

      for (Side side : sides) {
        side.trust(next);
      }
      clients.forEach(StormClient::settle);
      for (Side side : sides) {
        side.reissue(next, KeyKind.EC);
      }
      for (Side side : sides) {
        side.awaitIdentity();
      }
      clients.forEach(StormClient::settle);
      leftBehind.mustGetIn(servers);
      leftBehind.mustBeAccepted(clients);
      assertThat(tomcat.said() + plain.said())
          .as("before the old root is removed")
          .doesNotContain("Handshake failed", "connection failed");
      for (Side side : sides) {
        side.distrust(old);
      }

      leftBehind.mustBeShutOut(servers);
      leftBehind.mustBeRefused(clients);
      for (StormClient client : clients) {
        client.settle();
        Count count = client.stop();
        System.out.println("root rotation: " + count);
        assertThat(count.failed()).as(client::said).isZero();
        assertThat(count.answered()).isPositive();
      }
      assertThat(tomcat.said()).contains("Handshake failed").doesNotContain("hitless ERROR");
      assertThat(plain.said()).contains("connection failed").doesNotContain("hitless ERROR");
    }
  }

  private Side side(String name, TestCa root) throws Exception {
    return new Side(Files.createDirectory(folder.resolve(name)), root);
  }

  private Program plainServer(Jdk jdk, Side side, boolean hitless) throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    if (hitless) {
      command.add(Agent.flag());
    }
    command.addAll(List.of("-cp", Probes.classes("mutual"), "app.MutualServer"));
    command.addAll(List.of(side.identityFile().toString(), side.bundle().toString()));
    return Program.start(side.folder(), command);
  }

  private static int port(Program server) throws IOException {
    return Integer.parseInt(server.line().replaceAll("\\D", ""));
  }

  /** A server and clients without hitless that still have identities of the old root at the end. */
  private final class OldRoot implements AutoCloseable {
    private final Identity identity;
    private final Path keyStore;
    private final Program client;
    private final Program server;
    private final int serverPort;
    private final List<OpensslSession> sessions = new ArrayList<>();

    OldRoot(TestCa old, TestCa next) throws Exception {
      identity = old.issue(KeyKind.EC, List.of("localhost"));
      keyStore = Roots.keyStore(old, folder.resolve("left-behind.p12"));
      Path trusted = Files.write(folder.resolve("both.p12"), Roots.trustStore(old, next));
      Side side = side("left-behind", old);
      Files.write(side.bundle(), Roots.bundle(old, next));
      Jdk jdk = Jdks.find().get(Runtime.version().feature());
      client =
          Program.start(
              folder,
              List.of(
                  jdk.java().toString(),
                  "-cp",
                  Probes.classes("mutual"),
                  "app.MutualClient",
                  trusted.toString()));
      server = plainServer(jdk, side, false);
      serverPort = port(server);
    }

    void mustGetIn(int... servers) throws Exception {
      for (int port : servers) {
        assertThat(client.ask(port + " " + keyStore)).isEqualTo("ok");
        if (Openssl.isInstalled()) {
          for (String protocol : List.of("-tls1_2", "-tls1_3")) {
            OpensslSession session = new OpensslSession(folder, identity, protocol, port);
            assertThat(session.begin()).as("%s", session).startsWith("full");
            assertThat(session.resume()).as("%s", session).isEqualTo("resumed");
            sessions.add(session);
          }
        }
      }
    }

    void mustBeShutOut(int... servers) throws Exception {
      for (int port : servers) {
        assertThat(client.ask(port + " " + keyStore)).startsWith("failed");
      }
      for (OpensslSession session : sessions) {
        assertThat(session.resume()).as("%s", session).startsWith("refused");
        assertThat(session.begin()).as("%s", session).startsWith("refused");
      }
    }

    void mustBeAccepted(List<StormClient> clients) {
      for (StormClient each : clients) {
        assertThat(each.tryOnce(serverPort)).as(each::said).isEqualTo("ok");
      }
    }

    /** The clients still have a session with it. */
    void mustBeRefused(List<StormClient> clients) {
      for (StormClient each : clients) {
        assertThat(each.tryOnce(serverPort)).as(each::said).isEqualTo("failed");
      }
    }

    @Override
    public void close() throws InterruptedException {
      client.close();
      server.close();
    }
  }
}
