package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.mutual.OpensslSession;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import dev.hitless.it.server.Trusting;
import dev.hitless.it.start.Agent;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tomcat with its native library, as it is and with the flag only; the client is {@code openssl
 * s_client}. Part of the full suite, which needs Debian's libtcnative-1.
 */
@EnabledIfEnvironmentVariable(named = "HITLESS_IT", matches = "full")
@Execution(ExecutionMode.CONCURRENT)
final class TomcatOpensslIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> PROTOCOLS = List.of("-tls1_2", "-tls1_3");

  @TempDir Path folder;
  private Place place;

  static Stream<Named<Jdk>> jdks() throws IOException {
    return Stream.of(Jdks.find().firstEntry().getValue(), Jdks.find().lastEntry().getValue())
        .map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
  }

  private ServerProcess start(Jdk jdk, Identity identity, TestCa... trusted) throws Exception {
    Server tomcat = Trusting.tomcatWithOpenssl();
    Builds builds = new Builds();
    builds.build(List.of(tomcat.module()));
    assertThat(builds.failure(tomcat.module())).isEmpty();
    place = tomcat.place(builds.folder(), folder, jdk, new FreePorts());
    Files.createDirectories(place.tls());
    Map<String, byte[]> files = new HashMap<>(keyStore(identity));
    files.put("trust.p12", Roots.trustStore(trusted));
    Way.RENAME.layOut(place.tls(), files);
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Dhitless.poll=100ms",
                "-Dhitless.sessions.end-file=" + folder.resolve("end-sessions").toAbsolutePath()));
    options.addAll(Jdk.BRISK);
    ServerProcess server = ServerProcess.start(tomcat, place, Optional.of(Agent.jar()), options);
    mustSay(server, "following PKCS12 keystore");
    mustSay(server, "following trust of");
    return server;
  }

  private static Map<String, byte[]> keyStore(Identity identity) throws Exception {
    return KeyFiles.PKCS12.write(Map.of(Slot.SINGLE_EC.get(0), identity));
  }

  private static void mustSay(ServerProcess server, String words) throws InterruptedException {
    assertThat(Await.until(PATIENCE, () -> said(server).contains(words)))
        .as(() -> words + " in " + said(server))
        .isTrue();
  }

  private static String said(ServerProcess server) {
    try {
      return String.join("\n", server.linesOfHitless());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<OpensslSession> sessions(TestCa authority) throws Exception {
    Path own = Files.createTempDirectory(folder, "client");
    Identity identity = authority.issue(KeyKind.EC, List.of("localhost"));
    List<OpensslSession> sessions = new ArrayList<>();
    for (String protocol : PROTOCOLS) {
      sessions.add(new OpensslSession(own, identity, protocol, place.port()));
    }
    return sessions;
  }

  private static void allBegin(List<OpensslSession> sessions, Pattern seen) throws Exception {
    for (OpensslSession each : sessions) {
      assertThat(each.begin()).as("%s", each).startsWith("full").containsPattern(seen);
    }
  }

  /** The authority is named among those whose clients are let in. */
  private static Pattern names(String authority) {
    return Pattern.compile("Acceptable client certificate CA names[^:]*CN ?= ?" + authority);
  }

  private static Pattern presents(Identity identity) throws Exception {
    String leaf = Pem.certificates(identity.chain().subList(0, 1));
    return Pattern.compile(Pattern.quote(leaf.strip()));
  }

  private static void allResume(List<OpensslSession> sessions, String way) throws Exception {
    for (OpensslSession each : sessions) {
      assertThat(each.resume()).as("%s", each).startsWith(way);
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void clientsOfARemovedAuthorityAreNotLetInByAnEarlierSession(Jdk jdk) throws Exception {
    TestCa leaving = new TestCa("leaving");
    TestCa staying = new TestCa("staying");
    Identity own = new TestCa("servers").issue(KeyKind.EC, List.of("localhost"));
    try (ServerProcess server = start(jdk, own, staying)) {
      List<OpensslSession> ofStaying = sessions(staying);
      List<OpensslSession> ofLeaving = sessions(leaving);
      allBegin(ofStaying, names("staying"));
      for (OpensslSession each : ofLeaving) {
        assertThat(each.begin())
            .as("%s", each)
            .startsWith("refused")
            .doesNotContainPattern(names("leaving"));
      }

      Way.RENAME.replace(place.tls(), Map.of("trust.p12", Roots.trustStore(leaving, staying)));
      mustSay(server, "2 certificates, +1 -0, generation 2");

      allBegin(ofLeaving, names("leaving"));
      allBegin(ofStaying, names("leaving"));
      allResume(ofLeaving, "resumed");
      allResume(ofStaying, "resumed");

      Way.RENAME.replace(place.tls(), Map.of("trust.p12", Roots.trustStore(staying)));
      mustSay(server, "1 certificate, +0 -1, generation 3");

      allResume(ofLeaving, "refused");
      allResume(ofStaying, "full");
      allBegin(ofStaying, names("staying"));
      allResume(ofStaying, "resumed");
      assertThat(said(server)).doesNotContain("NOT rotated", "WARN", "ERROR");
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void doesNotReadAKeyThatHitlessRefuses(Jdk jdk) throws Exception {
    TestCa servers = new TestCa("servers");
    TestCa clients = new TestCa("clients");
    Identity first = servers.issue(KeyKind.EC, List.of("localhost"));
    Identity expired = servers.issue(KeyKind.EC, List.of("localhost"), Duration.ofSeconds(-1));
    Identity second = servers.issue(KeyKind.EC, List.of("localhost"));
    try (ServerProcess server = start(jdk, first, clients)) {
      List<OpensslSession> sessions = sessions(clients);
      allBegin(sessions, presents(first));

      Way.RENAME.replace(place.tls(), keyStore(expired));
      mustSay(server, "refused: ");
      EndFile.touch(folder.resolve("end-sessions"));
      mustSay(server, "no new OpenSSL context is made for host localhost of Tomcat");

      allBegin(sessions, presents(first));

      Way.RENAME.replace(place.tls(), keyStore(second));
      mustSay(server, " to " + second.fingerprint());

      allBegin(sessions, presents(second));
    }
  }
}
