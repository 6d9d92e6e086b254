package dev.hitless.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.server.Builds;
import dev.hitless.it.start.Agent;
import dev.hitless.it.start.OnOldestAndNewestJdk;
import dev.hitless.it.trust.Program;
import dev.hitless.it.trust.Roots;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The certificate of a client whose TLS is Netty's OpenSSL, of which there is one native copy. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64") // what the native library is for
final class NettyOpensslClientIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MODULE = "netty-openssl";

  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void showsTheNewCertificateOnceItsFilesAreReplaced(Jdk jdk) throws Exception {
    Builds builds = new Builds();
    builds.build(List.of(MODULE));
    assertThat(builds.failure(MODULE)).isEmpty();
    Path build = builds.folder().resolve(MODULE);
    TestCa servers = new TestCa("servers");
    TestCa clients = new TestCa("clients");
    Identity first = clients.issue(KeyKind.EC, List.of("client.example"));
    Way.RENAME.layOut(folder, files(first));
    Files.write(folder.resolve("servers.pem"), Roots.bundle(servers));
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(Jdk.BRISK);
    String classPath = build.resolve("classes") + File.pathSeparator + build.resolve("lib") + "/*";
    command.addAll(List.of(Agent.flag(), "-cp", classPath, "app.OpensslClient"));
    for (String file : List.of("client.crt", "client.key", "servers.pem")) {
      command.add(folder.resolve(file).toString());
    }
    try (Acceptor server = new Acceptor(new ServerContext(servers, clients), Spoken.NONE);
        Program program = Program.start(folder, command)) {
      assertThat(program.line()).isEqualTo("ready");
      assertThat(seen(program, server)).isEqualTo(first.fingerprint());
      for (KeyKind kind : List.of(KeyKind.EC, KeyKind.RSA, KeyKind.EC)) {
        Identity next = clients.issue(kind, List.of("client.example"));
        Way.RENAME.replace(folder, files(next));
        assertThat(Await.until(PATIENCE, () -> seen(program, server).equals(next.fingerprint())))
            .as(program::said)
            .isTrue();
        assertThat(seen(program, server)).isEqualTo(next.fingerprint());
      }
    }
  }

  private static Map<String, byte[]> files(Identity identity) throws Exception {
    return Map.of(
        "client.crt", Pem.certificates(identity.chain()).getBytes(StandardCharsets.US_ASCII),
        "client.key", Pem.key(identity.key()).getBytes(StandardCharsets.US_ASCII));
  }

  /** Has it connect; returns the certificate that the server has seen. No handshake may fail. */
  private static String seen(Program program, Acceptor server) {
    try {
      String answer = program.ask("connect " + server.port());
      assertThat(answer).as(() -> server + ": " + program.said()).startsWith("session ");
      return server.next().fingerprint();
    } catch (IOException e) {
      throw new UncheckedIOException(program.said(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
