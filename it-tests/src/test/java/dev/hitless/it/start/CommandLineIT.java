package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a program of its own: {@code java -jar hitless-agent.jar}. */
final class CommandLineIT {
  private static final Slot SLOT = Slot.SINGLE_EC.get(0);

  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void tellsHowItIsUsed(Jdk jdk) throws Exception {
    Finished help = run(jdk, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("inspect");
    assertThat(help.err()).isEmpty();

    Finished version = run(jdk, "--version");
    assertThat(version.out()).startsWith("hitless ").doesNotContain("unknown");

    Finished unknown = run(jdk, "inspekt");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("inspect?").doesNotContain("\tat ");
  }

  @OnOldestAndNewestJdk
  void inspectsEveryFormat(Jdk jdk) throws Exception {
    TestCa ca = new TestCa();
    Identity identity = ca.issue(SLOT.kind(), List.of("localhost"));
    Path root = root(ca);
    Path password = Files.writeString(folder.resolve("password"), KeyFiles.PASSWORD + "\n");
    for (KeyFiles format : KeyFiles.values()) {
      Path place = Files.createDirectory(folder.resolve(format.name()));
      write(place, format, identity);

      Finished finished =
          run(jdk, "inspect", "--json", "--password-file=" + password, "--ca=" + root, "" + place);

      assertThat(finished.err()).as(format.name()).isEmpty();
      JsonObject report = JsonParser.object().from(finished.out());
      JsonObject found = report.getArray("findings").getObject(0);
      assertThat(found.getString("kind")).isEqualTo("identity");
      assertThat(found.getString("key")).isEqualTo("opened");
      assertThat(found.getString("fingerprint")).isEqualTo(identity.fingerprint());
      assertThat(found.getArray("chain")).hasSize(2);
      assertThat(found.getArray("problems")).isEmpty();
      JsonObject leaf = found.getArray("chain").getObject(0);
      Instant expires = Instant.parse(leaf.getString("notAfter"));
      assertThat(Instant.parse(found.getString("renewalDue")))
          .as("a third of 30 days before, up to a day earlier by lot")
          .isBetween(expires.minus(Duration.ofDays(12)), expires.minus(Duration.ofDays(10)));
      assertThat(finished.exit()).isZero();
    }
  }

  @OnOldestAndNewestJdk
  void saysWhatItCannotRead(Jdk jdk) throws Exception {
    TestCa ca = new TestCa();
    write(folder, KeyFiles.PKCS12, ca.issue(SLOT.kind(), List.of("localhost")));
    Path garbage = Files.writeString(folder.resolve("garbage"), "nothing");
    Path wrong = Files.writeString(folder.resolve("password"), "geheim\n");

    Finished finished =
        run(jdk, "inspect", "--password-file=" + wrong, "server.p12", "" + garbage, "nosuch.pem");

    assertThat(finished.exit()).isEqualTo(3);
    assertThat(finished.out())
        .contains("server.p12", "does not open the keystore")
        .contains("holds no key or certificate")
        .contains("nosuch.pem", "does not exist")
        .doesNotContain("geheim", "\tat ");
    assertThat(finished.err()).isEmpty();
  }

  @OnOldestAndNewestJdk
  void inspectsALiveServer(Jdk jdk) throws Exception {
    TestCa ca = new TestCa();
    Identity identity = ca.issue(SLOT.kind(), List.of("localhost"));
    write(folder, KeyFiles.PKCS12, identity);
    Path root = root(ca);
    Jvm jvm = Jvm.of(jdk, folder).with("-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", folder.resolve("server.p12").toString())) {
      String target = "localhost:" + server.port();

      Finished good = run(jdk, "inspect", "--json", "--timeout=20s", "--ca=" + root, target);
      JsonObject seen = JsonParser.object().from(good.out()).getArray("servers").getObject(0);
      assertThat(seen.getString("fingerprint")).isEqualTo(identity.fingerprint());
      assertThat(seen.getString("protocol")).isEqualTo("TLSv1.3");
      assertThat(seen.getBoolean("trusted")).isTrue();
      assertThat(seen.getBoolean("nameMatches")).isTrue();
      assertThat(good.exit()).isZero();

      Finished bad = run(jdk, "inspect", "--timeout=20s", "--sni=other.example", target);
      assertThat(bad.exit()).isEqualTo(1);
      assertThat(bad.out()).contains("name-mismatch", "not-trusted", identity.fingerprint());
    }
  }

  @OnOldestAndNewestJdk
  void isNothingForTheAgentToFollow(Jdk jdk) throws Exception {
    Finished finished =
        Jvm.of(jdk, folder)
            .with(Agent.flag("log.level=debug"))
            .run("-jar", Agent.jar().toString(), "inspect", "127.0.0.1:1");

    assertThat(finished.exit()).isEqualTo(3);
    assertThat(finished.out()).contains("refuses the connection");
    assertThat(finished.err()).isEmpty();
  }

  private Finished run(Jdk jdk, String... arguments) throws IOException, InterruptedException {
    return Jvm.of(jdk, folder)
        .run(
            Stream.concat(Stream.of("-jar", Agent.jar().toString()), Stream.of(arguments))
                .toArray(String[]::new));
  }

  private Path root(TestCa ca) throws IOException, GeneralSecurityException {
    return Files.writeString(folder.resolve("root.crt"), Pem.certificates(List.of(ca.root())));
  }

  private static void write(Path place, KeyFiles format, Identity identity)
      throws IOException, GeneralSecurityException {
    for (Map.Entry<String, byte[]> file : format.write(Map.of(SLOT, identity)).entrySet()) {
      Path path = Files.write(place.resolve(file.getKey()), file.getValue());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
