package dev.hitless.agent.inside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
  /** Made by OpenSSL for the tests of core; their password is this. */
  private static final Path VECTORS = Path.of("../core/src/test/resources/dev/hitless/material");

  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  @Test
  void tellsItsVersionAndItsHelp() {
    assertThat(Run.of("--version").out()).contains("hitless 1.2.3");
    assertThat(Run.of("--help").exit()).isZero();
    assertThat(Run.of("inspect", "--help").out()).contains("Exit codes:", "--password-file");
  }

  @Test
  void teachesWhenTheCommandLineMakesNoSense() {
    assertThat(Run.of().exit()).isEqualTo(2);
    Run misspelt = Run.of("inspec", "x");
    assertThat(misspelt.exit()).isEqualTo(2);
    assertThat(misspelt.err()).contains("no command inspec", "inspect?");
    assertThat(Run.of("inspect").exit()).isEqualTo(2);
    assertThat(Run.of("inspect", "--timeout=long", "a:1").err()).contains("500ms");
  }

  @Test
  void refusesAPasswordOnTheCommandLineAndDoesNotRepeatIt() {
    for (String option : new String[] {"--password", "--password=geheim", "--storepass"}) {
      Run run =
          option.indexOf('=') > 0
              ? Run.of("inspect", option, "x")
              : Run.of("inspect", option, "geheim", "x");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("--password-file", "--password-env");
      assertThat(run.all()).doesNotContain("geheim");
    }
    Run misspelt = Run.of("inspect", "--passwort=geheim", "x");
    assertThat(misspelt.exit()).isEqualTo(2);
    assertThat(misspelt.err()).contains("no option --passwort", "--password-file");
    assertThat(misspelt.all()).doesNotContain("geheim");
  }

  @Test
  void takesPasswordsFromFileEnvironmentAndTerminal() throws Exception {
    String store = VECTORS.resolve("p256.openssl.p12").toString();
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");

    assertThat(Run.of("inspect", store).exit()).isEqualTo(3);
    for (Run run :
        new Run[] {
          Run.of("inspect", "--password-file", file.toString(), store),
          Run.of(Map.of("P", PASSWORD), null, "inspect", "--password-env", "P", store),
          Run.of(Map.of(), PASSWORD, "inspect", store)
        }) {
      assertThat(run.out()).contains("CN=p256.example", "belongs to the certificate");
      assertThat(run.all()).doesNotContain(PASSWORD);
    }
    Run wrong = Run.of(Map.of("P", "geheim"), null, "inspect", "--password-env", "P", store);
    assertThat(wrong.exit()).isEqualTo(3);
    assertThat(wrong.out()).contains("does not open the keystore").doesNotContain("geheim");
    assertThat(Run.of("inspect", "--password-env", "NOT_SET", store).exit()).isEqualTo(2);
  }

  @Test
  void writesJsonThatParses() throws Exception {
    Path key = Files.copy(VECTORS.resolve("p256.key.pem"), folder.resolve("a.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    String cert = VECTORS.resolve("p256.crt.pem").toString();

    Run run = Run.of("inspect", "--json", "--ca", cert, cert, key.toString(), "nosuch.pem");

    JsonObject report = JsonParser.object().from(run.out());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(report.getInt("exitCode")).isEqualTo(3);
    JsonObject found = report.getArray("findings").getObject(0);
    assertThat(found.getString("kind")).isEqualTo("identity");
    assertThat(found.getString("key")).isEqualTo("opened");
    assertThat(found.getArray("names")).isEqualTo(JsonArray.from("p256.example"));
    assertThat(found.getString("fingerprint")).hasSize(64);
    JsonObject leaf = found.getArray("chain").getObject(0);
    assertThat(leaf.getString("keyType")).isEqualTo("EC");
    assertThat(leaf.getString("curve")).isEqualTo("P-256");
    assertThat(found.getArray("problems").getObject(0).getString("code")).isEqualTo("ca-leaf");
    JsonObject unread = report.getArray("unread").getObject(0);
    assertThat(unread.getString("target")).isEqualTo("nosuch.pem");
    assertThat(unread.getString("reason")).isEqualTo("unreadable");
  }

  @Test
  void tellsByItsExitCodeWhetherSomethingIsWrong() throws Exception {
    String cert = VECTORS.resolve("p256.crt.pem").toString();
    Path key = Files.copy(VECTORS.resolve("rsa.key.pem"), folder.resolve("rsa.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(Run.of("inspect", cert).exit()).isZero();
    assertThat(Run.of("inspect", key.toString()).exit()).isEqualTo(1);
    assertThat(Run.of("inspect", "127.0.0.1:1").exit()).isEqualTo(3);
  }

  @Test
  void teachesHowARenewalIsAskedFor() {
    assertThat(Run.of("renew").err()).contains("--cert FILE and --key FILE, or --keystore FILE");
    assertThat(Run.of("renew", "--cert=a.crt").err()).contains("--ca-cert FILE", "--exec COMMAND");
    assertThat(Run.of("renew", "--cert=a.crt", "--set=renew.windw=1d", "--exec=x").err())
        .contains("renew.windw", "known are");
    Run unusable = Run.of("renew", "--cert=a.crt", "--exec=x", "--key-kind=P-257");
    assertThat(unusable.exit()).isEqualTo(2);
    assertThat(unusable.err()).contains("No issuer can be used");
    for (String set : new String[] {"geheim", "hitless.renew.local-ca.password=geheim"}) {
      Run run = Run.of("renew", "--cert=a.crt", "--set", set);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.all()).doesNotContain("geheim");
    }
  }

  @Test
  void looksIntoAFolderAndPassesOverWhatHoldsNoKeys() throws Exception {
    Files.copy(VECTORS.resolve("p256.crt.pem"), folder.resolve("a.crt"));
    Files.writeString(folder.resolve("README"), "nothing here");

    Run run = Run.of("inspect", folder.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("CN=p256.example").doesNotContain("README");
  }
}
