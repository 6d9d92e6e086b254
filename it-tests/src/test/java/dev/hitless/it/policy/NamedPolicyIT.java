package dev.hitless.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.Identities;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import dev.hitless.it.server.TwoHosts;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A policy of one DNS name reaches the connections for that name alone, in a server of engines that
 * has an SSLContext for each name and knows nothing of hitless.
 */
@Execution(ExecutionMode.CONCURRENT)
final class NamedPolicyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String A = "a.example.test";
  private static final String B = "b.example.test";

  @TempDir Path folder;
  private final Identities identities;
  private PolicySettings settings;

  NamedPolicyIT() throws GeneralSecurityException {
    identities = new Identities(new TestCa());
  }

  static Stream<Named<Jdk>> jdks() throws IOException {
    return Jdks.newest().map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void tomcatKeepsToItForOneOfItsHosts(Jdk jdk) throws Exception {
    Server tomcat = TwoHosts.tomcat();
    Place place = place(tomcat, jdk);
    TestCa clients = new TestCa();
    Files.write(place.tls().resolve("trust.p12"), Roots.trustStore(clients));
    keepsToItForOneOfItsHosts(
        tomcat,
        place,
        (a, b) -> letsInWhomItNamesForThatName(a, b, new ClientCertificates(folder, clients)));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void nettyKeepsToItForOneOfItsHosts(Jdk jdk) throws Exception {
    Server netty = TwoHosts.netty();
    keepsToItForOneOfItsHosts(netty, place(netty, jdk), (a, b) -> {});
  }

  /** What one server can do more than another. */
  private interface More {
    void does(SClient a, SClient b) throws Exception;
  }

  private void keepsToItForOneOfItsHosts(Server of, Place place, More more) throws Exception {
    settings.write("name." + A + ".min-protocol=TLSv1.3");
    try (ServerProcess server = start(of, place)) {
      SClient a = new SClient(folder, place.port(), A);
      SClient b = new SClient(folder, place.port(), B);
      assertThat(a.connect("-tls1_2"))
          .as("the first connection of all")
          .isEqualTo("protocol version");
      assertThat(b.connect("-tls1_2")).isEqualTo("full");
      assertThat(a.connect("-tls1_3")).isEqualTo("full");
      changesWithItsFile(a, b);
      more.does(a, b);
      followsTheNamesOfCertificates(a, b, place);
      assertThat(server.isAlive()).isTrue();
      assertThat(settings.said()).doesNotContain("hitless ERROR", "could not", "does not hold");
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void undertowOfOneHostKeepsToThatOfItsNameAndTheOtherIsMissed(Jdk jdk) throws Exception {
    Server undertow = TwoHosts.one("undertow");
    Place place = place(undertow, jdk);
    settings.write("name." + A + ".min-protocol=TLSv1.3");
    try (ServerProcess server = start(undertow, place)) {
      SClient a = new SClient(folder, place.port(), A);
      assertThat(a.connect("-tls1_2")).isEqualTo("protocol version");
      assertThat(a.connect("-tls1_3")).isEqualTo("full");
      change("name." + B + ".min-protocol=TLSv1.3");
      assertThat(a.connect("-tls1_2")).isEqualTo("full");
      settings.mustSay("no certificate that is served is for " + B + ",");
      assertThat(settings.said()).doesNotContain("is served is for " + A);
      assertThat(server.isAlive()).isTrue();
    }
  }

  static Stream<Named<Jdk>> newestOfWildFly() throws IOException {
    List<Integer> supported = TwoHosts.one("wildfly-26").jdks();
    return Jdks.find().descendingMap().values().stream()
        .filter(jdk -> supported.contains(jdk.feature()))
        .limit(1)
        .map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
  }

  /** By cipher suites, since it speaks TLS 1.2 alone. */
  @ParameterizedTest(name = "on {0}")
  @MethodSource("newestOfWildFly")
  void wildFlyKeepsToThatOfItsNameAndTheOtherIsMissed(Jdk jdk) throws Exception {
    Server wildFly = TwoHosts.one("wildfly-26");
    Place place = place(wildFly, jdk);
    String denied = ".denied-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    settings.write("name." + B + denied);
    try (ServerProcess server = start(wildFly, place)) {
      SClient a = new SClient(folder, place.port(), A);
      String[] with128 = {"-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"};
      // It listens before it answers.
      assertThat(Await.until(PATIENCE, () -> a.answers(with128))).as(server.output()).isTrue();
      settings.mustSay("no certificate that is served is for " + B + ",");
      change("name." + A + denied);
      assertThat(a.connect(with128)).isEqualTo("handshake failure");
      assertThat(a.connect("-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384")).isEqualTo("full");
      assertThat(server.isAlive()).isTrue();
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void jettyWhichChoosesWithinOneContextKeepsToThatOfTheProcess(Jdk jdk) throws Exception {
    Server jetty = TwoHosts.jetty();
    Place place = place(jetty, jdk);
    settings.write("max-protocol=TLSv1.3", "name." + A + ".min-protocol=TLSv1.3");
    try (ServerProcess server = start(jetty, place)) {
      SClient a = new SClient(folder, place.port(), A);
      SClient b = new SClient(folder, place.port(), B);
      assertThat(a.connect("-tls1_2")).isEqualTo("full");
      assertThat(b.connect("-tls1_2")).isEqualTo("full");
      settings.mustSay("which is for [" + A + "] and for others: its connections cannot be told");
      change("name." + A + ".min-protocol=TLSv1.3", "name." + B + ".min-protocol=TLSv1.3");
      assertThat(a.connect("-tls1_2")).as("both say the same").isEqualTo("protocol version");
      assertThat(b.connect("-tls1_2")).isEqualTo("protocol version");
      assertThat(server.isAlive()).isTrue();
    }
  }

  private Place place(Server server, Jdk jdk) throws Exception {
    Builds builds = new Builds();
    builds.build(List.of(server.module()));
    assertThat(builds.failure(server.module())).isEmpty();
    Place place = server.place(builds.folder(), folder, jdk, new FreePorts());
    Files.createDirectories(place.tls());
    write(place, identities.generation(0, server.slots()));
    settings = new PolicySettings(folder, folder.resolve("server.log"));
    return place;
  }

  private ServerProcess start(Server server, Place place) throws Exception {
    ServerProcess process =
        ServerProcess.start(
            server,
            place,
            Optional.of(Path.of(System.getProperty("hitless.it.jar")).toRealPath()),
            List.of("-Dhitless.config=" + settings.file()));
    SClient client = new SClient(folder, place.port());
    boolean listens = Await.until(PATIENCE, () -> !process.isAlive() || client.accepts());
    assertThat(listens && process.isAlive()).as(process.output()).isTrue();
    return process;
  }

  private void changesWithItsFile(SClient a, SClient b) throws Exception {
    change("name." + B + ".min-protocol=TLSv1.3");
    assertThat(a.connect("-tls1_2")).isEqualTo("full");
    assertThat(b.connect("-tls1_2")).isEqualTo("protocol version");
    change("min-protocol=TLSv1.3", "name." + B + ".min-protocol=TLSv1.2");
    assertThat(a.connect("-tls1_2")).isEqualTo("protocol version");
    assertThat(b.connect("-tls1_2")).isEqualTo("full");
  }

  private void letsInWhomItNamesForThatName(SClient a, SClient b, ClientCertificates certificates)
      throws Exception {
    change("name." + A + ".client-auth=need", "name." + A + ".peer.san=web.example");
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      assertThat(a.connect(with(certificates, "web.example", version))).isEqualTo("full");
      assertThat(a.connect(with(certificates, "shop.example", version)))
          .isEqualTo("certificate unknown");
      assertThat(b.connect(version)).isEqualTo("full");
    }
    change("client-auth=need", "name." + A + ".peer.san=web.example");
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      assertThat(a.connect(with(certificates, "shop.example", version)))
          .isEqualTo("certificate unknown");
      assertThat(b.connect(with(certificates, "shop.example", version))).isEqualTo("full");
    }
  }

  private static String[] with(ClientCertificates certificates, String name, String version)
      throws GeneralSecurityException, IOException {
    return Stream.concat(Stream.of(version), Stream.of(certificates.options(name)))
        .toArray(String[]::new);
  }

  /** What Tomcat chooses by the name that a client asks for stays; what is served there changes. */
  private void followsTheNamesOfCertificates(SClient a, SClient b, Place place) throws Exception {
    change("name." + B + ".min-protocol=TLSv1.3");
    assertThat(a.connect("-tls1_2")).isEqualTo("full");
    Map<Slot, Identity> next = identities.generation(1, place.slots());
    Slot first = place.slots().get(0);
    Slot second = place.slots().get(1);
    Map<Slot, Identity> exchanged = new LinkedHashMap<>();
    exchanged.put(first, next.get(second));
    exchanged.put(second, next.get(first));
    write(place, exchanged);
    boolean followed =
        Await.until(PATIENCE, () -> settings.said().split("rotated ", -1).length == 3);
    assertThat(followed).as(settings.said()).isTrue();
    assertThat(a.connect("-tls1_2")).isEqualTo("protocol version");
    assertThat(b.connect("-tls1_2")).isEqualTo("full");
  }

  private static void write(Place place, Map<Slot, Identity> identities) throws Exception {
    for (Map.Entry<String, byte[]> each : place.files().write(identities).entrySet()) {
      Path beside = place.tls().resolve(each.getKey() + ".new");
      Files.write(beside, each.getValue());
      Files.move(
          beside,
          place.tls().resolve(each.getKey()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void change(String... policy) throws Exception {
    settings.change(String.join(", ", policy), policy);
  }
}
