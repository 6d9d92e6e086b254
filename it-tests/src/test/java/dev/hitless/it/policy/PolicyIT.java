package dev.hitless.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import dev.hitless.it.server.Trusting;
import dev.hitless.it.start.Agent;
import dev.hitless.it.start.Probes;
import dev.hitless.it.trust.Program;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A policy in the properties file reaches the next connection of a server that knows nothing of it.
 */
final class PolicyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<Integer> FULL = List.of(8, 17, 25);
  private static final List<Integer> QUICK = List.of(17);
  private static final int FLIPS = 10;
  private static TestCa servers;
  private static TestCa clients;

  @TempDir Path folder;

  /** Seventeen, or the newest if that is not there; with {@code HITLESS_IT=full} three of them. */
  static Stream<Named<Jdk>> jdks() throws IOException {
    List<Integer> wanted = "full".equals(System.getenv("HITLESS_IT")) ? FULL : QUICK;
    Map<Integer, Jdk> all = Jdks.find();
    List<Jdk> found = wanted.stream().filter(all::containsKey).map(all::get).toList();
    return (found.isEmpty() ? Stream.of(Jdks.find().lastEntry().getValue()) : found.stream())
        .map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
  }

  @BeforeAll
  static void createAuthorities() throws GeneralSecurityException {
    servers = new TestCa();
    clients = new TestCa();
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void aServerOfSocketsKeepsToIt(Jdk jdk) throws Exception {
    Path keys = Roots.keyStore(servers, folder.resolve("server.p12"));
    Path trusted = Files.write(folder.resolve("trust.p12"), Roots.trustStore(clients));
    PolicySettings settings = new PolicySettings(folder, folder.resolve("socket.err"));
    settings.write();
    List<String> command =
        List.of(
            jdk.java().toString(),
            Agent.flag(settings.file().toString()),
            "-Dhitless.log.file=" + folder.resolve("socket.err"),
            "-cp",
            Probes.classes("policy"),
            "app.PolicyServer",
            keys.toString(),
            trusted.toString());
    try (Program server = Program.start(folder, command)) {
      int port = Integer.parseInt(server.line().replaceAll("\\D", ""));
      assertThat(new SClient(folder, port).connect("-tls1_2"))
          .as("before there is a policy")
          .isEqualTo("full");
      keepsTo(settings, port, jdk);
      ofItsPort(settings, port);
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void aServerOfEnginesKeepsToIt(Jdk jdk) throws Exception {
    Builds builds = new Builds();
    Server tomcat = Trusting.openTomcat();
    builds.build(List.of(tomcat.module()));
    assertThat(builds.failure(tomcat.module())).isEmpty();
    Place place = tomcat.place(builds.folder(), folder, jdk, new FreePorts());
    Files.createDirectories(place.tls());
    Roots.keyStore(servers, place.tls().resolve("server.p12"));
    Files.write(place.tls().resolve("trust.p12"), Roots.trustStore(clients));
    PolicySettings settings = new PolicySettings(folder, folder.resolve("server.log"));
    settings.write("min-protocol=TLSv1.3");
    try (ServerProcess server =
        ServerProcess.start(
            tomcat,
            place,
            Optional.of(Path.of(System.getProperty("hitless.it.jar")).toRealPath()),
            List.of("-Dhitless.config=" + settings.file()))) {
      SClient client = new SClient(folder, place.port());
      boolean listens = Await.until(PATIENCE, () -> !server.isAlive() || client.accepts());
      assertThat(listens && server.isAlive()).as(server.output()).isTrue();
      assertThat(client.connect("-tls1_2"))
          .as("the first connection of all")
          .isEqualTo("protocol version");
      keepsTo(settings, place.port(), jdk);
    }
  }

  private void keepsTo(PolicySettings settings, int port, Jdk jdk) throws Exception {
    SClient client = new SClient(folder, port);
    flips(settings, client, port);
    aBadFileChangesNothing(settings, client);
    asksForCertificates(settings, client);
    letsInWhomItNames(settings, client, jdk);
    assertThat(settings.said())
        .contains(": the policy on peers is another")
        .doesNotContain("hitless ERROR", "could not");
  }

  private void flips(PolicySettings settings, SClient client, int port) throws Exception {
    settings.change("min-protocol=TLSv1.2", "min-protocol=TLSv1.2");
    try (OpenConnection open = new OpenConnection(servers, port)) {
      for (int flip = 1; flip <= FLIPS; flip++) {
        boolean tls13 = flip % 2 == 1;
        String policy = "min-protocol=" + (tls13 ? "TLSv1.3" : "TLSv1.2");
        settings.change(policy, policy);
        assertThat(client.connect("-tls1_2"))
            .as("flip %d: %s", flip, settings.said())
            .isEqualTo(tls13 ? "protocol version" : "full");
        assertThat(client.connect("-tls1_3")).as("flip %d", flip).isEqualTo("full");
        assertThat(open.ask()).as("open since before").startsWith("HTTP/1.1 ");
      }
    }
  }

  private void aBadFileChangesNothing(PolicySettings settings, SClient client) throws Exception {
    settings.change("min-protocol=TLSv1.3", "min-protocol=TLSv1.3");
    settings.write("min-protocol=TLSv1.1", "client-auth=perhaps");
    settings.mustSay("client-auth=perhaps is none of [none, want, need]");
    assertThat(client.connect("-tls1_2")).isEqualTo("protocol version");
    settings.change("none");
    assertThat(client.connect("-tls1_2")).as("lifted").isEqualTo("full");
  }

  private void asksForCertificates(PolicySettings settings, SClient client) throws Exception {
    String[] web = certificate("web.example");
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      settings.change("client-auth=need", "client-auth=need");
      assertThat(client.connect(version)).isIn(NO_CERTIFICATE);
      assertThat(client.connect(with(web, version))).isEqualTo("full");
      settings.change("client-auth=none", "client-auth=none");
      assertThat(client.connect(version)).isEqualTo("full");
    }
  }

  /** By version of TLS and of Java. */
  private static final List<String> NO_CERTIFICATE =
      List.of("bad certificate", "handshake failure", "certificate required");

  private void letsInWhomItNames(PolicySettings settings, SClient client, Jdk jdk)
      throws Exception {
    String[] web = certificate("web.example");
    String[] shop = certificate("shop.example");
    String both = "peer.san=shop.example, *.shop.example, web.example";
    String one = "peer.san=*.example";
    String need = "client-auth=need";
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      String session = folder.resolve("session" + version).toString();
      settings.change(need + ", " + both, need, both);
      assertThat(client.connect(with(shop, version, "-sess_out", session))).isEqualTo("full");
      assertThat(client.connect(with(shop, version, "-sess_in", session)))
          .isEqualTo(resumes(jdk, version) ? "resumed" : "full");
      assertThat(client.connect(with(web, version))).isEqualTo("full");

      String only = "peer.san=web.example";
      settings.change(need + ", " + only, need, only);
      assertThat(client.connect(with(shop, version))).isEqualTo("certificate unknown");
      settings.mustSay("none of its names [shop.example] is in hitless.policy.peer.san");
      assertThat(client.connect(with(shop, version, "-sess_in", session)))
          .as("by an earlier session")
          .isEqualTo("certificate unknown");
      assertThat(client.connect(with(web, version))).isEqualTo("full");

      String pin = "peer.pins=leaf:" + fingerprint("web.example");
      settings.change(need + ", " + pin, need, pin);
      assertThat(client.connect(with(shop, version))).isEqualTo("certificate unknown");
      assertThat(client.connect(with(web, version))).isEqualTo("full");

      settings.change(need + ", " + one, need, one);
      assertThat(client.connect(with(shop, version))).isEqualTo("full");
    }
  }

  /** Java 8, hitless or not, resumes no session of TLS 1.3 that OpenSSL offers. */
  private static boolean resumes(Jdk jdk, String version) {
    return jdk.feature() > 8 || version.equals("-tls1_2");
  }

  private void ofItsPort(PolicySettings settings, int port) throws Exception {
    SClient client = new SClient(folder, port);
    String own = "port." + port + ".min-protocol=TLSv1.3";
    settings.change("min-protocol=TLSv1.2, " + own, "min-protocol=TLSv1.2", own);
    assertThat(client.connect("-tls1_2")).isEqualTo("protocol version");
    String other = "port.1.min-protocol=TLSv1.3";
    settings.change("min-protocol=TLSv1.2, " + other, "min-protocol=TLSv1.2", other);
    assertThat(client.connect("-tls1_2")).isEqualTo("full");
    String named = "name.localhost.min-protocol=TLSv1.3";
    settings.change(named, named);
    assertThat(client.connect("-tls1_2")).isEqualTo("protocol version");
    own = "port." + port + ".min-protocol=TLSv1.2";
    settings.change(named + ", " + own, named, own);
    assertThat(client.connect("-tls1_2")).as("the port before the name").isEqualTo("full");
  }

  /** The SHA-256 of the leaf of a client with a certificate of this name. */
  private String fingerprint(String name) throws GeneralSecurityException, IOException {
    try (InputStream in =
        Files.newInputStream(new ClientCertificates(folder, clients).file(name))) {
      byte[] leaf = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf));
    }
  }

  private static String[] with(String[] certificate, String... options) {
    return Stream.concat(Arrays.stream(options), Arrays.stream(certificate)).toArray(String[]::new);
  }

  private String[] certificate(String name) throws GeneralSecurityException, IOException {
    return new ClientCertificates(folder, clients).options(name);
  }
}
