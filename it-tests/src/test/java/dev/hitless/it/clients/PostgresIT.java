package dev.hitless.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.start.Agent;
import dev.hitless.it.trust.Program;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A JDBC driver with a client certificate, and a real PostgreSQL that says whose it was shown. In
 * the full suite, which needs PostgreSQL on the machine.
 */
@EnabledIfEnvironmentVariable(named = "HITLESS_IT", matches = "full")
final class PostgresIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  /** On Java 8 the driver by itself shows this server nothing either. */
  static Stream<Named<Jdk>> jdks() throws IOException {
    return ClientsIT.jdks().filter(jdk -> jdk.getPayload().feature() >= Library.POSTGRESQL.since());
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void seesTheNewCertificateOnNewConnectionsAndKeepsOldOnes(Jdk jdk) throws Exception {
    TestCa servers = new TestCa("servers");
    TestCa clients = new TestCa("clients");
    Files.write(folder.resolve("servers.pem"), Roots.bundle(servers));
    issue(clients, "first.example");
    try (PostgresServer server =
            PostgresServer.start(
                folder.resolve("database"),
                servers.issue(KeyKind.EC, List.of("localhost")),
                clients);
        Program program =
            Program.start(
                folder,
                List.of(
                    jdk.java().toString(),
                    Agent.flag(),
                    "-cp",
                    ClientsIT.build(),
                    "app.Clients",
                    folder.toString()))) {
      ask(program, server, "held");
      ask(program, server, "fresh");
      assertThat(server.seen()).containsExactly("first.example", "first.example");

      issue(clients, "second.example");

      boolean came =
          Await.until(
              PATIENCE,
              () -> {
                ask(program, server, "fresh");
                return server.seen().contains("second.example");
              });
      assertThat(came).as(program::said).isTrue();
      int before = server.seen().size();
      ask(program, server, "held");
      assertThat(server.seen()).as("the held connection is the one from before").hasSize(before);
      ask(program, server, "fresh");
      assertThat(server.seen().subList(before, before + 1)).containsExactly("second.example");
      assertThat(program.said()).doesNotContain("hitless ERROR", "hitless WARN");
    }
  }

  private void issue(TestCa ca, String name) throws Exception {
    Map<String, byte[]> files = Library.POSTGRESQL.files(ca.issue(KeyKind.EC, List.of(name)));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path beside = Files.write(folder.resolve(file.getKey() + ".new"), file.getValue());
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
      Files.move(beside, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void ask(Program program, PostgresServer server, String how) {
    try {
      assertThat(program.ask(Library.POSTGRESQL + " " + server.port() + " " + how))
          .as(() -> how + ": " + program.said() + server.log())
          .isEqualTo("ok");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
