package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hitless.it.Openssl;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.mutual.OpensslSession;
import dev.hitless.it.server.Builds;
import dev.hitless.it.start.Agent;
import dev.hitless.it.trust.Roots;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions of a server whose TLS is Netty's OpenSSL, a program as it is, with the flag only. Its
 * client is {@code openssl s_client}.
 */
@Execution(ExecutionMode.CONCURRENT)
final class NettyOpensslIT {
  private static final String MODULE = "netty-openssl";
  private static final String IN_GRPC = "netty-in-grpc";
  private static final String BUNDLE = "bundle.pem";
  private static final boolean FULL = "full".equals(System.getenv("HITLESS_IT"));
  private static final int USUAL_JDK = 17;
  private static final Builds BUILDS = new Builds();

  private static TestCa servers;
  private static TestCa leaving;
  private static TestCa staying;

  @TempDir Path folder;

  /** A port of the server by what it keeps sessions in, and how to connect. */
  private record Port(String name, String protocol) {
    static final List<Port> ALL =
        List.of(
            new Port("ids", "-tls1_2"),
            new Port("own-tickets", "-tls1_2"),
            new Port("own-tickets", "-tls1_3"),
            new Port("tickets-1.2", "-tls1_2"),
            new Port("tickets-1.3", "-tls1_3"));
  }

  @BeforeAll
  static void build() throws Exception {
    boolean itsPlatform =
        "Linux".equals(System.getProperty("os.name"))
            && "amd64".equals(System.getProperty("os.arch"));
    assumeTrue(itsPlatform && Openssl.isInstalled(), "a native library and openssl are needed");
    BUILDS.build(List.of(MODULE, IN_GRPC));
    assertThat(BUILDS.failure(MODULE)).isEmpty();
    assertThat(BUILDS.failure(IN_GRPC)).isEmpty();
    servers = new TestCa("servers");
    leaving = new TestCa("leaving");
    staying = new TestCa("staying");
  }

  /** The newest; with {@code HITLESS_IT=full} the oldest and a usual one as well. */
  static Stream<Named<Jdk>> jdks() throws IOException {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    Stream<Integer> features =
        FULL
            ? Stream.of(all.firstKey(), USUAL_JDK, all.lastKey()).distinct()
            : Stream.of(all.lastKey());
    return features
        .filter(all::containsKey)
        .map(feature -> Named.of("JDK " + feature, all.get(feature)));
  }

  static Stream<Named<Jdk>> newest() throws IOException {
    Jdk newest = Jdks.find().lastEntry().getValue();
    return Stream.of(Named.of("JDK " + newest.feature(), newest));
  }

  /** The running program and its ports. */
  private record Running(Peer peer, Map<String, Integer> ports) implements AutoCloseable {
    @Override
    public void close() throws InterruptedException {
      peer.close();
    }
  }

  private Running start(Jdk jdk, String arguments) throws Exception {
    return start(jdk, MODULE, "app.OpensslServer", List.of(Agent.flag(arguments)));
  }

  private Running start(Jdk jdk, String module, String program, List<String> options)
      throws Exception {
    Identity identity = servers.issue(KeyKind.EC, List.of("localhost"));
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    Files.writeString(certificate, Pem.certificates(identity.chain()));
    Files.writeString(key, Pem.key(identity.key()));
    Way.RENAME.layOut(folder, Map.of(BUNDLE, Roots.bundle(leaving, staying, servers)));
    Path build = BUILDS.folder().resolve(module);
    String classPath = build.resolve("classes") + File.pathSeparator + build.resolve("lib") + "/*";
    Peer peer =
        Peer.startProgram(
            jdk,
            folder,
            options,
            List.of("-cp", classPath, program),
            List.of(certificate, key, folder.resolve(BUNDLE)));
    Map<String, Integer> ports = new HashMap<>();
    for (String line = peer.next(); !line.equals("ready"); line = peer.next()) {
      String[] words = line.split(" ");
      ports.put(words[0], Integer.parseInt(words[1]));
    }
    return new Running(peer, ports);
  }

  private static Map<String, byte[]> files(Identity identity) throws Exception {
    return Map.of(
        "server.crt", Pem.certificates(identity.chain()).getBytes(StandardCharsets.US_ASCII),
        "server.key", Pem.key(identity.key()).getBytes(StandardCharsets.US_ASCII));
  }

  /** One session for each port, of a client of its own. */
  private List<OpensslSession> sessions(Running server, TestCa authority) throws Exception {
    Path own = Files.createTempDirectory(folder, "client");
    Identity identity = authority.issue(KeyKind.EC, List.of("localhost"));
    List<OpensslSession> sessions = new ArrayList<>();
    for (Port port : Port.ALL) {
      int number = server.ports().get(port.name());
      sessions.add(new OpensslSession(own, identity, port.protocol(), number));
    }
    return sessions;
  }

  private static void allBegin(List<OpensslSession> sessions) throws Exception {
    for (int i = 0; i < sessions.size(); i++) {
      assertThat(sessions.get(i).begin()).as("%s", Port.ALL.get(i)).startsWith("full");
    }
  }

  private static void allResume(List<OpensslSession> sessions, String way) throws Exception {
    for (int i = 0; i < sessions.size(); i++) {
      assertThat(sessions.get(i).resume()).as("%s", Port.ALL.get(i)).startsWith(way);
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void clientsOfARemovedAuthorityAreNotLetInByAnEarlierSession(Jdk jdk) throws Exception {
    noneIsLetInByAnEarlierSession(jdk, MODULE);
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void norAreTheyByTheNettyThatGrpcCarries(Jdk jdk) throws Exception {
    noneIsLetInByAnEarlierSession(jdk, IN_GRPC);
  }

  private void noneIsLetInByAnEarlierSession(Jdk jdk, String module) throws Exception {
    List<String> options = List.of(Agent.flag("poll=100ms"));
    try (Running server = start(jdk, module, "app.OpensslServer", options)) {
      List<OpensslSession> ofLeaving = sessions(server, leaving);
      List<OpensslSession> ofStaying = sessions(server, staying);
      allBegin(ofLeaving);
      allBegin(ofStaying);
      allResume(ofLeaving, "resumed");
      allResume(ofStaying, "resumed");
      server.peer().mustSay("following trust of");

      Way.RENAME.replace(folder, Map.of(BUNDLE, Roots.bundle(staying, servers)));
      server.peer().mustSay("2 certificates, +0 -1, generation 2");

      allResume(ofLeaving, "refused");
      allResume(ofStaying, "full");
      allBegin(ofStaying);
      allResume(ofStaying, "resumed");
      allResume(ofLeaving, "refused");
      assertThat(server.peer().errors())
          .doesNotContain("does not let its sessions be ended", "NOT rotated");
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void presentsTheNewCertificateOnceItsFilesAreReplaced(Jdk jdk) throws Exception {
    presentsTheNewCertificate(jdk, MODULE);
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("newest")
  void soDoesTheNettyThatGrpcCarries(Jdk jdk) throws Exception {
    presentsTheNewCertificate(jdk, IN_GRPC);
  }

  /** At each of its ports, of either provider, whatever kind of key comes next. */
  private void presentsTheNewCertificate(Jdk jdk, String module) throws Exception {
    List<String> options = List.of(Agent.flag("poll=100ms"));
    try (Running server = start(jdk, module, "app.OpensslServer", options)) {
      server.peer().mustSay("following PEM files");
      int times = 0;
      for (KeyKind kind : List.of(KeyKind.EC, KeyKind.RSA, KeyKind.RSA, KeyKind.EC)) {
        Identity next = servers.issue(kind, List.of("localhost"));
        Way way = times++ % 2 == 0 ? Way.RENAME : Way.IN_PLACE;
        way.replace(folder, files(next));
        server.peer().mustSay("to " + next.fingerprint());
        presents(server, next);
      }
      assertThat(server.peer().errors())
          .contains("proved in 4 of 4 contexts")
          .doesNotContain("NOT rotated", "not covered", "not proved");
    }
  }

  /** The JDK takes an RSA key of a large public exponent; BoringSSL does not. */
  @ParameterizedTest(name = "on {0}")
  @MethodSource("newest")
  void aKeyThatOpensslRefusesLeavesTheOneBeforeInService(Jdk jdk) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    BigInteger exponent = BigInteger.ONE.shiftLeft(40).add(BigInteger.valueOf(15));
    generator.initialize(new RSAKeyGenParameterSpec(2048, exponent));
    List<String> names = List.of("localhost");
    List<String> options = List.of(Agent.flag("poll=100ms"));
    try (Running server = start(jdk, MODULE, "app.OpensslServer", options)) {
      server.peer().mustSay("following PEM files");
      for (Identity good :
          List.of(servers.issue(KeyKind.RSA, names), servers.issue(KeyKind.RSA, names))) {
        Way.RENAME.replace(folder, files(good));
        server.peer().mustSay("to " + good.fingerprint());
        presents(server, good);
        Identity refused = servers.issue(generator.generateKeyPair(), names);

        Way.RENAME.replace(folder, files(refused));

        server.peer().mustSay("refuses the new certificate " + refused.fingerprint());
        server.peer().mustSay("contexts still present " + good.fingerprint());
        presents(server, good);
      }
    }
  }

  private static void presents(Running server, Identity identity) throws Exception {
    for (int port : server.ports().values()) {
      assertThat(Openssl.fingerprint(port, Slot.SINGLE.get(0))).isEqualTo(identity.fingerprint());
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("newest")
  void theSessionOfAHandshakeOnItsWayIsNotResumed(Jdk jdk) throws Exception {
    endingSessions(
        jdk,
        (port, session, end) -> {
          assertThat(end.during(1, session::begin)).as("%s", port).startsWith("full");
          assertThat(session.resume()).as("%s", port).startsWith("full");
          assertThat(session.begin()).as("%s", port).startsWith("full");
          assertThat(session.resume()).as("%s", port).isEqualTo("resumed");
        });
  }

  /**
   * OpenSSL's own keys stay: there a session is resumed once more, and the one that it makes is
   * not.
   */
  @ParameterizedTest(name = "on {0}")
  @MethodSource("newest")
  void noSessionIsResumedByAConnectionThatWasAcceptedBefore(Jdk jdk) throws Exception {
    endingSessions(
        jdk,
        (port, session, end) -> {
          assertThat(session.begin()).as("%s", port).startsWith("full");
          assertThat(end.during(0, session::resume))
              .as("%s", port)
              .startsWith(port.name().equals("own-tickets") ? "resumed" : "full");
          assertThat(session.resume()).as("%s", port).startsWith("full");
        });
  }

  /** Ends all sessions while a client's bytes are held after so many of its messages. */
  private interface End {
    String during(int messages, Callable<String> client) throws Exception;
  }

  /** What is done at one port. */
  private interface AtPort {
    void does(Port port, OpensslSession session, End end) throws Exception;
  }

  private void endingSessions(Jdk jdk, AtPort test) throws Exception {
    Path file = folder.resolve("end-sessions");
    try (Running server = start(jdk, "poll=50ms,sessions.end-file=" + file.toAbsolutePath())) {
      server.peer().mustSay("following trust of");
      Identity identity = staying.issue(KeyKind.EC, List.of("localhost"));
      for (int i = 1; i <= Port.ALL.size(); i++) {
        Port port = Port.ALL.get(i - 1);
        int times = i;
        try (HoldingProxy proxy = new HoldingProxy(server.ports().get(port.name()))) {
          test.does(
              port,
              new OpensslSession(folder, identity, port.protocol(), proxy.port()),
              (messages, client) -> {
                proxy.holdAfter(messages);
                FutureTask<String> result = new FutureTask<>(client);
                new Thread(result, "client").start();
                assertThat(proxy.isHolding()).as("%s", port).isTrue();
                Files.writeString(file, "again ".repeat(times));
                server.peer().mustSay("sessions made until now", times);
                proxy.release();
                return result.get(1, TimeUnit.MINUTES);
              });
        }
      }
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("newest")
  void aClientBeginsAnew(Jdk jdk) throws Exception {
    Path file = folder.resolve("end-sessions");
    String arguments = "poll=50ms,sessions.end-file=" + file.toAbsolutePath();
    try (Running server = start(jdk, MODULE, "app.OpensslServer", List.of());
        Running client = start(jdk, MODULE, "app.OpensslClient", List.of(Agent.flag(arguments)))) {
      client.peer().mustSay("following trust of");
      String connect = "connect " + server.ports().get("ids");
      String first = client.peer().ask(connect);
      assertThat(client.peer().ask(connect)).isEqualTo(first);

      Files.writeString(file, "now");
      client.peer().mustSay("sessions made until now");

      assertThat(client.peer().ask(connect)).startsWith("session ").isNotEqualTo(first);
    }
  }
}
