package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.mutual.OpensslSession;
import dev.hitless.it.start.Agent;
import dev.hitless.it.trust.Roots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
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
    NettyProgram.build();
    servers = new TestCa("servers");
    leaving = new TestCa("leaving");
    staying = new TestCa("staying");
  }

  private NettyProgram start(Jdk jdk, String arguments) throws Exception {
    return start(jdk, NettyProgram.MODULE, NettyProgram.SERVER, List.of(Agent.flag(arguments)));
  }

  private NettyProgram start(Jdk jdk, String module, String program, List<String> options)
      throws Exception {
    Identity identity = servers.issue(KeyKind.EC, List.of("localhost"));
    Way.RENAME.layOut(folder, Map.of(NettyProgram.BUNDLE, Roots.bundle(leaving, staying, servers)));
    return NettyProgram.start(jdk, folder, module, program, options, identity);
  }

  /** One session for each port, of a client of its own. */
  private List<OpensslSession> sessions(NettyProgram server, TestCa authority) throws Exception {
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
  @MethodSource("dev.hitless.it.session.NettyProgram#jdks")
  void clientsOfARemovedAuthorityAreNotLetInByAnEarlierSession(Jdk jdk) throws Exception {
    noneIsLetInByAnEarlierSession(jdk, NettyProgram.MODULE);
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.session.NettyProgram#jdks")
  void norAreTheyByTheNettyThatGrpcCarries(Jdk jdk) throws Exception {
    noneIsLetInByAnEarlierSession(jdk, NettyProgram.IN_GRPC);
  }

  private void noneIsLetInByAnEarlierSession(Jdk jdk, String module) throws Exception {
    List<String> options = List.of(Agent.flag("poll=100ms"));
    try (NettyProgram server = start(jdk, module, NettyProgram.SERVER, options)) {
      List<OpensslSession> ofLeaving = sessions(server, leaving);
      List<OpensslSession> ofStaying = sessions(server, staying);
      allBegin(ofLeaving);
      allBegin(ofStaying);
      allResume(ofLeaving, "resumed");
      allResume(ofStaying, "resumed");
      server.peer().mustSay("following trust of");

      Way.RENAME.replace(folder, Map.of(NettyProgram.BUNDLE, Roots.bundle(staying, servers)));
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
  @MethodSource("dev.hitless.it.session.NettyProgram#newest")
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
  @MethodSource("dev.hitless.it.session.NettyProgram#newest")
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
    try (NettyProgram server = start(jdk, "poll=50ms,sessions.end-file=" + file.toAbsolutePath())) {
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
                EndFile.touch(file);
                server.peer().mustSay("sessions made until now", times);
                proxy.release();
                return result.get(1, TimeUnit.MINUTES);
              });
        }
      }
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.session.NettyProgram#newest")
  void aClientBeginsAnew(Jdk jdk) throws Exception {
    Path file = folder.resolve("end-sessions");
    String arguments = "poll=50ms,sessions.end-file=" + file.toAbsolutePath();
    try (NettyProgram server = start(jdk, NettyProgram.MODULE, NettyProgram.SERVER, List.of());
        NettyProgram client =
            start(jdk, NettyProgram.MODULE, "app.OpensslClient", List.of(Agent.flag(arguments)))) {
      client.peer().mustSay("following trust of");
      String connect = "connect " + server.ports().get("ids");
      String first = client.peer().ask(connect);
      assertThat(client.peer().ask(connect)).isEqualTo(first);

      EndFile.touch(file);
      client.peer().mustSay("sessions made until now");

      assertThat(client.peer().ask(connect)).startsWith("session ").isNotEqualTo(first);
    }
  }
}
