package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Renewals that succeed and renewals that fail, at the most talkative log level, and the commands
 * beside them: nothing that was written anywhere tells a password, or a part of a private key.
 */
@Execution(ExecutionMode.CONCURRENT)
final class SecretsIT {
  private static final String STORE_PASSWORD = "Kennwort-4711-store";
  private static final String CA_PASSWORD = "Kennwort-0815-authority";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String STATUS = "dev.hitless:type=Status";

  @TempDir Path folder;
  private final TestCa ca = TestCa.create("root").intermediate("issuing");
  private final Set<Identity> identities = new LinkedHashSet<>();

  /** Where something was written, and what. */
  private final Map<String, String> written = new LinkedHashMap<>();

  private Path tls;

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.jdk.Jdks#newest")
  void areToldNowhere(Jdk jdk) throws Exception {
    Instant now = Instant.now();
    tls = Files.createDirectory(folder.resolve("tls"));
    write(
        tls.resolve("server.p12"),
        KeyStores.pkcs12(
            "server", ca.issue("EC", now, now.plusSeconds(14), "localhost"), STORE_PASSWORD));
    write(folder.resolve("ca.crt"), Pems.bytes(Pems.chain(ca.identity())));
    write(folder.resolve("ca.key"), Pems.bytes(Pems.encryptedKey(ca.identity(), CA_PASSWORD)));
    write(folder.resolve("store-password"), Pems.bytes(STORE_PASSWORD));
    write(folder.resolve("ca-password"), Pems.bytes(CA_PASSWORD));
    write(folder.resolve("hitless.log"), new byte[0]);
    identities.add(ca.identity());
    held();
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with(
                Agent.flag(),
                "-Dapp.password=" + STORE_PASSWORD,
                "-Dhitless.log.level=debug",
                "-Dhitless.log.file=" + folder.resolve("hitless.log"),
                "-Dhitless.renew.issuer=local-ca",
                "-Dhitless.renew.local-ca.cert=" + folder.resolve("ca.crt"),
                "-Dhitless.renew.local-ca.key=" + folder.resolve("ca.key"),
                "-Dhitless.renew.local-ca.key-password=" + CA_PASSWORD,
                "-Dhitless.renew.validity=10s",
                "-cp",
                Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", tls.resolve("server.p12").toString())) {
      awaitLog("INFO: renewed ", 2);
      byte[] key = Files.readAllBytes(folder.resolve("ca.key"));
      Files.writeString(folder.resolve("ca.key"), Pems.encryptedKey(ca.identity(), "another"));
      awaitLog(" was not renewed: ", 1);
      Files.write(folder.resolve("ca.key"), key);
      try (JMXConnector connector = Beans.of(server)) {
        written.put("status", status(connector.getMBeanServerConnection()));
      }
      written.put("output", server.out() + server.err());
    }
    commands(jdk);
    held();
    read(folder.resolve("hitless.log"));
    read(tls.resolve(".hitless"));

    assertThat(written.get("status")).contains(STATUS, "local CA", "no CA in the");
    assertThat(identities).as("generations and the CA").hasSizeGreaterThan(2);
    assertThat(written.keySet()).anyMatch(name -> name.contains("history"));
    assertThat(written.keySet()).anyMatch(name -> name.contains("manifest"));
    String key = Pems.key(ca.identity()).replaceAll("\\s", "");
    assertThat(secrets()).as("what is looked for would be found").anyMatch(key::contains);
    written.forEach(
        (where, text) ->
            assertThat(text)
                .as(where)
                .doesNotContainIgnoringCase(secrets().toArray(String[]::new)));
  }

  private Set<String> secrets() {
    return Secret.traces(identities, List.of(STORE_PASSWORD, CA_PASSWORD));
  }

  /** What the commands print: of a renewal, of one that is refused, and of what lies there. */
  private void commands(Jdk jdk) throws Exception {
    String store = tls.resolve("server.p12").toString();
    List<String> renew =
        List.of("renew", "--keystore=" + store, "--ca-cert=ca.crt", "--ca-key=ca.key", "--verbose");
    List<List<String>> all = new ArrayList<>();
    all.add(
        with(renew, "--force", "--password-file=store-password", "--ca-password-file=ca-password"));
    all.add(
        with(renew, "--force", "--password-file=ca-password", "--ca-password-file=ca-password"));
    all.add(
        with(
            renew,
            "--json",
            "--password-file=store-password",
            "--ca-password-file=store-password"));
    all.add(List.of("inspect", "--json", "--password-file=store-password", store, "ca.key", "tls"));
    all.add(List.of("inspect", "--password-file=ca-password", store, "ca.key"));
    for (List<String> each : all) {
      List<String> command = new ArrayList<>(List.of("-jar", Agent.jar().toString()));
      command.addAll(each);
      Finished finished = Jvm.of(jdk, folder).run(command.toArray(String[]::new));
      written.put(String.join(" ", each), finished.out() + finished.err());
    }
    assertThat(written.get(String.join(" ", all.get(0)))).contains("renewed CN=localhost");
  }

  private static List<String> with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }

  private void awaitLog(String text, int times) throws InterruptedException {
    boolean said =
        Await.until(
            PATIENCE,
            () -> {
              try {
                held();
                String log = Files.readString(folder.resolve("hitless.log"));
                return log.lines().filter(line -> line.contains(text)).count() >= times;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(said).as(text).isTrue();
  }

  /** Remembers the key that the files hold now. */
  private void held() {
    try {
      Path file = tls.resolve("server.p12");
      char[] password = STORE_PASSWORD.toCharArray();
      identities.addAll(
          Location.keyStore(file, "PKCS12", null, password, List.of())
              .parse(List.of(Files.readAllBytes(file)))
              .values());
    } catch (IOException | MaterialException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads what is no keystore and no key itself: those are the only place for secrets. */
  private void read(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".p12")) {
          written.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  private static String status(MBeanServerConnection beans) throws Exception {
    ObjectName name = new ObjectName(STATUS);
    StringBuilder all = new StringBuilder(STATUS);
    for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
      append(all, beans.getAttribute(name, attribute.getName()));
    }
    return all.toString();
  }

  private static void append(StringBuilder all, Object value) {
    if (value instanceof Object[] array) {
      Stream.of(array).forEach(each -> append(all, each));
    } else if (value instanceof CompositeData data) {
      data.values().forEach(each -> append(all, each));
    } else if (value instanceof TabularData table) {
      ((Collection<?>) table.values()).forEach(each -> append(all, each));
    } else {
      all.append(value).append('\n');
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
