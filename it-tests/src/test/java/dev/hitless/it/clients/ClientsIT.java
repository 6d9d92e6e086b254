package dev.hitless.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Builds;
import dev.hitless.it.start.Agent;
import dev.hitless.it.start.Probes;
import dev.hitless.it.trust.Program;
import dev.hitless.it.trust.Roots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Client certificates rotate in programs that know nothing of it: the connections that are kept go
 * on, new ones show the new certificate. Each library has files of its own, all in one JVM.
 */
@Execution(ExecutionMode.CONCURRENT)
final class ClientsIT {
  private static final boolean FULL = "full".equals(System.getenv("HITLESS_IT"));
  private static final int USUAL_JDK = 17;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  static Stream<Named<Jdk>> jdks() throws IOException {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    Stream<Integer> some =
        FULL
            ? Stream.of(all.firstKey(), USUAL_JDK, all.lastKey()).distinct()
            : Stream.of(all.containsKey(USUAL_JDK) ? USUAL_JDK : all.lastKey());
    return some.filter(all::containsKey)
        .map(feature -> Named.of("JDK " + feature, all.get(feature)));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void newConnectionsShowTheNewCertificateAndKeptOnesGoOn(Jdk jdk) throws Exception {
    TestCa servers = new TestCa("servers");
    TestCa clients = new TestCa("clients");
    List<Library> libraries =
        Arrays.stream(Library.values()).filter(each -> each.since() <= jdk.feature()).toList();
    Map<Library, Identity> first = issue(clients, libraries);
    for (Library library : libraries) {
      replace(library.files(first.get(library)));
    }
    String classPath = build();
    Map<Library, Watch> watches = new EnumMap<>(Library.class);
    try (Program program = start(jdk, classPath, servers);
        Watch grpc = grpc(classPath, servers, clients)) {
      ServerContext context = new ServerContext(servers, clients);
      for (Library library : libraries) {
        watches.put(
            library, library == Library.GRPC ? grpc : new Acceptor(context, library.spoken()));
      }
      Calls calls = new Calls(program, watches);
      Map<Library, Seen> held = new EnumMap<>(Library.class);
      for (Library library : libraries) {
        if (library.holds()) {
          held.put(library, calls.held(library));
          assertThat(held.get(library).fingerprint()).isEqualTo(first.get(library).fingerprint());
        }
        assertThat(calls.fresh(library).fingerprint())
            .as("%s", library)
            .isEqualTo(first.get(library).fingerprint());
      }

      Map<Library, Identity> next = issue(clients, libraries);
      for (Library library : libraries) {
        replace(library.files(next.get(library)));
      }
      for (Library library : libraries) {
        calls.awaitFresh(
            library, first.get(library).fingerprint(), next.get(library).fingerprint(), PATIENCE);
        if (library.holds()) {
          assertThat(calls.held(library)).as("%s", library).isEqualTo(held.get(library));
        }
        assertThat(calls.fresh(library).fingerprint())
            .as("%s", library)
            .isEqualTo(next.get(library).fingerprint());
      }
      assertThat(program.said()).doesNotContain("hitless ERROR", "hitless WARN");
    } finally {
      for (Watch watch : watches.values()) {
        watch.close();
      }
    }
  }

  /** Renames files over others that only their owner may read, as some libraries demand. */
  private void replace(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path beside = Files.createTempFile(folder, file.getKey(), ".new");
      Files.write(beside, file.getValue());
      Files.move(beside, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Map<Library, Identity> issue(TestCa ca, List<Library> libraries) throws Exception {
    Map<Library, Identity> issued = new EnumMap<>(Library.class);
    for (Library library : libraries) {
      issued.put(library, ca.issue(KeyKind.EC, List.of(library + ".example")));
    }
    return issued;
  }

  static String build() throws IOException, InterruptedException {
    Builds builds = new Builds();
    builds.build(List.of("clients"));
    assertThat(builds.failure("clients")).isEmpty();
    Path built = builds.folder().resolve("clients");
    return built.resolve("classes") + File.pathSeparator + built.resolve("lib/*");
  }

  private Program start(Jdk jdk, String classPath, TestCa servers) throws Exception {
    Path trusted = Files.write(folder.resolve("servers.p12"), Roots.trustStore(servers));
    Files.write(folder.resolve("servers.pem"), Roots.bundle(servers));
    List<String> command = new ArrayList<>(List.of(jdk.java().toString(), Agent.flag()));
    Map<String, Path> stores =
        Map.of("keyStore", folder.resolve(Library.LDAP + ".p12"), "trustStore", trusted);
    for (Map.Entry<String, Path> store : stores.entrySet()) {
      String property = "-Djavax.net.ssl." + store.getKey();
      command.add(property + "=" + store.getValue());
      command.add(property + "Type=PKCS12");
      command.add(property + "Password=" + KeyFiles.PASSWORD);
    }
    command.add("-Djdk.httpclient.keepalive.timeout=600"); // on a slow machine too
    String all =
        jdk.feature() < Library.HTTP.since()
            ? classPath
            : Probes.classes("http-client", Library.HTTP.since(), classPath);
    command.addAll(List.of("-cp", all, "app.Clients", folder.toString()));
    return Program.start(folder, command);
  }

  private Watch grpc(String classPath, TestCa servers, TestCa clients) throws Exception {
    Identity identity = servers.issue(KeyKind.EC, List.of("localhost"));
    Path certificate = folder.resolve("grpc-server.crt");
    Path key = folder.resolve("grpc-server.key");
    Path trusted = Files.write(folder.resolve("clients.pem"), Roots.bundle(clients));
    Files.writeString(certificate, Pem.certificates(identity.chain()));
    Files.writeString(key, Pem.key(identity.key()));
    return new GrpcPeer(
        folder, classPath, List.of(certificate.toString(), key.toString(), trusted.toString()));
  }
}
