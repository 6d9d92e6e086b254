package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which sessions are resumed, and which are not any more. */
@Execution(ExecutionMode.CONCURRENT)
final class SessionsIT {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.hitless.it.session.Setting#all")
  void sessionsMadeAfterACutOffAreResumedUntilTheNext(Setting setting) throws Exception {
    Parties parties = new Parties(folder);
    try (Peer server = parties.hitlessServer(setting, "poll=100ms");
        Peer client = parties.client()) {
      Visits visits = new Visits(server, client);
      visits.all("full");
      visits.all("resumed");
      for (int i = 0; i < 2; i++) {
        assertThat(server.ask("end")).isEqualTo("ended 4");

        visits.all("full");
        visits.all("resumed");
        visits.all("resumed");
      }
      assertThat(server.ask("distrust")).isEqualTo("done");
      assertThat(server.ask("end")).isEqualTo("ended 4");

      visits.all("refused");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.hitless.it.session.Setting#all")
  void aClientWithHitlessDoesNotResumePastTheRemovalOfTheServersAuthority(Setting setting)
      throws Exception {
    Parties parties = new Parties(folder);
    try (Peer server = parties.server();
        Peer client = parties.hitlessClient(setting)) {
      Visits visits = new Visits(server, client);
      visits.all("full");
      visits.all("resumed");

      assertThat(client.ask("end")).isEqualTo("ended 4");
      visits.all("full");
      visits.all("resumed");

      assertThat(client.ask("distrust")).isEqualTo("done");
      assertThat(client.ask("end")).isEqualTo("ended 4");
      visits.all("refused");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.hitless.it.session.Setting#all")
  void aHandshakeOnItsWayIsFinishedAndItsSessionNotResumed(Setting setting) throws Exception {
    Parties parties = new Parties(folder);
    try (Peer server = parties.hitlessServer(setting, "poll=100ms");
        Peer client = parties.client()) {
      for (Kind kind : Kind.ALL) {
        int port = server.listen(kind);
        server.ask("hold");
        client.tell(Peer.connecting(kind, port));
        assertThat(server.next()).isEqualTo("held");
        assertThat(server.ask("end")).startsWith("ended ");
        server.ask("release");

        List<String> seen = new ArrayList<>(List.of(client.next()));
        seen.add(client.connect(kind, port));
        seen.add(client.connect(kind, port));
        assertThat(seen).as(kind.toString()).containsExactly("full", "full", "resumed");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.hitless.it.session.Setting#all")
  void aHandshakeOnItsWayIsJudgedByTheNewTrust(Setting setting) throws Exception {
    Parties parties = new Parties(folder);
    try (Peer server = parties.hitlessServer(setting, "poll=100ms");
        Peer client = parties.client()) {
      Kind kind = Kind.ALL.get(2);
      int port = server.listen(kind);
      server.ask("hold");
      client.tell(Peer.connecting(kind, port));
      assertThat(server.next()).isEqualTo("held");
      server.ask("distrust");
      server.ask("end");
      server.ask("release");

      assertThat(client.next()).startsWith("refused");
      assertThat(client.connect(kind, port)).isEqualTo("refused");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.hitless.it.session.Setting#newest")
  void theRotationOfAnIdentityEndsSessionsOnlyIfAskedTo(Setting setting) throws Exception {
    Map<String, String> seen = new LinkedHashMap<>();
    for (String rule : List.of("keep", "invalidate")) {
      Parties parties = new Parties(Files.createDirectory(folder.resolve(rule)));
      try (Peer server = parties.hitlessServer(setting, "poll=100ms,sessions=" + rule);
          Peer client = parties.client()) {
        Visits visits = new Visits(server, client);
        visits.all("full");
        visits.all("resumed");
        server.mustSay("following");
        parties.renewServer();
        server.mustSay("rotated");

        seen.put(rule, client.connect(Kind.ALL.get(2), visits.port(Kind.ALL.get(2))));
      }
    }
    assertThat(seen).isEqualTo(Map.of("keep", "resumed", "invalidate", "full"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.hitless.it.session.Setting#newest")
  void aTouchedFileEndsSessions(Setting setting) throws Exception {
    Parties parties = new Parties(folder);
    Path file = folder.resolve("end-sessions");
    try (Peer server =
            parties.hitlessServer(setting, "poll=50ms,sessions.end-file=" + file.toAbsolutePath());
        Peer client = parties.client()) {
      Visits visits = new Visits(server, client);
      visits.all("full");
      visits.all("resumed");
      for (int i = 1; i <= 2; i++) {
        EndFile.touch(file);
        server.mustSay("sessions made until now", i);

        visits.all("full");
        visits.all("resumed");
      }
    }
  }
}
