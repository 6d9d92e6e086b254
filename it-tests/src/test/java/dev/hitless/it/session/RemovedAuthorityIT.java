package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.start.OnEachJdk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * An authority leaves the file of a server's trusted certificates: a program as it is, with the
 * flag only, and clients in JVMs of their own.
 */
final class RemovedAuthorityIT {
  private static final String BUNDLE = "bundle.pem";
  private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

  @TempDir static Path folder;
  private static Parties parties;
  private static Peer byId;
  private static Peer byTicket;

  /** One client keeps its sessions by their ids, the other in tickets where the server has them. */
  private record Clients(String port) {
    Map<String, String> connect(String key) throws IOException, InterruptedException {
      Map<String, String> seen = new LinkedHashMap<>();
      for (String protocol : PROTOCOLS) {
        String line = "connect " + protocol + " socket " + port + key;
        seen.put(protocol + " by id", word(byId.ask(line)));
        seen.put(protocol + " by ticket", word(byTicket.ask(line)));
      }
      return seen;
    }

    private static String word(String answer) {
      return answer.startsWith("refused") ? "refused" : answer;
    }

    void mustAllBe(String expected) throws IOException, InterruptedException {
      assertThat(connect("").values()).as("of the removed authority").containsOnly(expected);
    }

    void othersMustAllBe(String expected, Path key) throws IOException, InterruptedException {
      assertThat(connect(" " + key).values())
          .as("of the authority that stays")
          .containsOnly(expected);
    }
  }

  @BeforeAll
  static void startClients() throws IOException, GeneralSecurityException {
    parties = new Parties(folder);
    byId = parties.client(false);
    byTicket = parties.client(true);
  }

  @AfterAll
  static void stopClients() throws InterruptedException {
    byId.close();
    byTicket.close();
  }

  @OnEachJdk
  void itsClientsAreNotLetInByAnEarlierSession(Jdk jdk) throws Exception {
    Way.RENAME.layOut(folder, Map.of(BUNDLE, Parties.bundle(true)));
    try (Peer server = parties.bundleServer(jdk, folder.resolve(BUNDLE))) {
      Clients clients = new Clients(server.next().replaceAll("\\D", ""));
      clients.mustAllBe("full");
      clients.mustAllBe("resumed");
      clients.othersMustAllBe("full", parties.other());
      server.mustSay("following trust of");

      Way.RENAME.replace(folder, Map.of(BUNDLE, Parties.bundle(false)));
      server.mustSay("1 certificate, +0 -1, generation 2");

      clients.mustAllBe("refused");
      clients.mustAllBe("refused");
      clients.othersMustAllBe("full", parties.other());
      clients.othersMustAllBe("resumed", parties.other());
    }
  }

  /** It resumes sessions of TLS 1.2 by their ids only. */
  @OnEachJdk
  void bouncyCastlesTlsDoesNotLetThemInEither(Jdk jdk) throws Exception {
    Way.RENAME.layOut(folder, Map.of(BUNDLE, Parties.bundle(true)));
    try (Peer server = parties.bundleServerWithBcjsse(jdk, folder.resolve(BUNDLE))) {
      String line = "connect TLSv1.2 socket " + server.next().replaceAll("\\D", "");
      String other = line + " " + parties.other();
      assertThat(byId.ask(line)).isEqualTo("full");
      assertThat(byId.ask(line)).isEqualTo("resumed");
      assertThat(byId.ask(other)).isEqualTo("full");
      server.mustSay("following trust of");

      Way.RENAME.replace(folder, Map.of(BUNDLE, Parties.bundle(false)));
      server.mustSay("1 certificate, +0 -1, generation 2");

      assertThat(byId.ask(line)).startsWith("refused");
      assertThat(byId.ask(line)).startsWith("refused");
      assertThat(byId.ask(other)).isEqualTo("full");
      assertThat(byId.ask(other)).isEqualTo("resumed");
    }
  }
}
