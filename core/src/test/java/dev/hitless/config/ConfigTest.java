package dev.hitless.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path directory;

  private static Config config(String arguments, String... properties) {
    Properties system = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      system.setProperty(properties[i], properties[i + 1]);
    }
    return new Config(Settings.read(arguments, system));
  }

  private String file(String text) throws IOException {
    Path file = directory.resolve("hitless.properties");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    return file.toString();
  }

  @Test
  void hasDefaultsForEverything() {
    Config config = config(null);
    assertThat(config.poll()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.strict()).isFalse();
    assertThat(config.logLevel()).isEqualTo("info");
    assertThat(config.logFile()).isNull();
    assertThat(config.jmx()).isTrue();
    assertThat(config.identities()).isEmpty();
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void takesSystemPropertiesBeforeArgumentsBeforeTheFile() throws IOException {
    String file = file("hitless.poll=1s\nhitless.gate=strict\nhitless.log.level=debug\n");
    Config config =
        config("config=" + file + ",poll=2s,hitless.log.level=warn", "hitless.poll", "3s");
    assertThat(config.poll()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.logLevel()).isEqualTo("warn");
    assertThat(config.strict()).isTrue();
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void takesAPathAloneAsThePropertiesFile() throws IOException {
    assertThat(config(file("gate=strict\n")).strict()).isTrue();
  }

  @Test
  void namesWhatItDoesNotUnderstandAndKeepsTheDefault() {
    Config config =
        config(
            "nonsense,=x,pol=3s",
            "hitless.poll",
            "soon",
            "hitless.gate",
            "tight",
            "hitless.jmx",
            "maybe");
    assertThat(config.poll()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.strict()).isFalse();
    assertThat(config.jmx()).isTrue();
    assertThat(config.problems())
        .anyMatch(p -> p.contains("hitless.poll=soon"))
        .anyMatch(p -> p.contains("hitless.gate=tight"))
        .anyMatch(p -> p.contains("hitless.jmx=maybe"))
        .anyMatch(p -> p.contains("hitless.pol "))
        .anyMatch(p -> p.contains("\"nonsense\""));
  }

  @Test
  void namesAPropertiesFileThatCannotBeRead() {
    assertThat(config("/nowhere/hitless.properties").problems())
        .singleElement()
        .asString()
        .contains("/nowhere/hitless.properties");
  }

  @Test
  void readsConfiguredIdentities() {
    Config config =
        config(
            null,
            "hitless.identity.web.keystore",
            "/etc/web.p12",
            "hitless.identity.web.password",
            "secret",
            "hitless.identity.api.cert",
            "/etc/api.crt",
            "hitless.identity.api.for",
            "api.example.test");
    assertThat(config.identities()).hasSize(2);
    ConfiguredIdentity api = config.identities().get(0);
    assertThat(api.certificate()).isEqualTo("/etc/api.crt");
    assertThat(api.key()).isEqualTo("/etc/api.crt");
    assertThat(api.takesPlaceOf()).isEqualTo("api.example.test");
    assertThat(config.identities().get(1).keyStore()).isEqualTo("/etc/web.p12");
    assertThat(config.identities().toString()).doesNotContain("secret");
  }

  @Test
  void namesAConfiguredIdentityThatIsIncomplete() {
    Config config =
        config(
            null,
            "hitless.identity.a.password",
            "secret",
            "hitless.identity.b.keystore",
            "/b.p12",
            "hitless.identity.b.passwort",
            "secret",
            "hitless.identity.c",
            "x");
    assertThat(config.identities()).isEmpty();
    assertThat(config.problems()).hasSize(3).noneMatch(p -> p.contains("secret"));
  }

  @Test
  void readsDurationsAsPeopleWriteThem() {
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse(" 5 S ")).isEqualTo(Duration.ofSeconds(5));
    assertThat(Durations.parse("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
    assertThat(Durations.parse("30d")).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void readsDurationsBelowTheLeastAsTheLeast() {
    Config config = config("poll=1ms");
    assertThat(config.poll()).isEqualTo(Duration.ofMillis(10));
    assertThat(config.problems()).hasSize(1);
  }

  @Test
  void renewsNothingUnlessTold() {
    ConfiguredRenewal renewal = config(null).renewal();
    assertThat(renewal.issuers()).isEmpty();
    assertThat(renewal.window()).isEqualTo(Duration.ofDays(30));
    assertThat(renewal.check()).isEqualTo(Duration.ofHours(1));
    assertThat(renewal.identities()).isEmpty();
    assertThat(renewal.dryRun()).isFalse();
    assertThat(renewal.keep()).isEqualTo(5);
    assertThat(renewal.reuseKey()).isFalse();
    assertThat(renewal.key()).isEqualTo("same");
    assertThat(renewal.validity()).isNull();
  }

  @Test
  void readsWhatRenews() throws IOException {
    Config config =
        config(
            file(
                "renew.issuer=local-ca, exec;command\n"
                    + "renew.local-ca.cert=/ca.pem\n"
                    + "renew.local-ca.key=/ca.key\n"
                    + "renew.local-ca.key-password-file=/ca.pass\n"
                    + "renew.exec.command=sign --days 90\n"
                    + "renew.command.command=certbot renew\n"
                    + "renew.command.timeout=1m\n"
                    + "renew.identity=*.example.com, /etc/tls/**\n"
                    + "renew.window=10d\nrenew.check=1m\nrenew.keep=0\n"
                    + "renew.dry-run=true\nrenew.reuse-key=true\n"
                    + "renew.key=P-384\nrenew.validity=7d\n"));
    ConfiguredRenewal renewal = config.renewal();
    assertThat(config.problems()).isEmpty();
    assertThat(renewal.issuers()).containsExactly("local-ca", "exec", "command");
    assertThat(renewal.localCa().certificate()).isEqualTo("/ca.pem");
    assertThat(renewal.localCa().key()).isEqualTo("/ca.key");
    assertThat(renewal.localCa().keyPasswordFile()).isEqualTo("/ca.pass");
    assertThat(renewal.exec()).isEqualTo("sign --days 90");
    assertThat(renewal.execTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(renewal.command()).isEqualTo("certbot renew");
    assertThat(renewal.commandTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(renewal.identities()).containsExactly("*.example.com", "/etc/tls/**");
    assertThat(renewal.window()).isEqualTo(Duration.ofDays(10));
    assertThat(renewal.check()).isEqualTo(Duration.ofMinutes(1));
    assertThat(renewal.keep()).isZero();
    assertThat(renewal.dryRun()).isTrue();
    assertThat(renewal.reuseKey()).isTrue();
    assertThat(renewal.key()).isEqualTo("P-384");
    assertThat(renewal.validity()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void leavesOutAnIssuerThatLacksSomethingAndNamesWhatItDoesNotKnow() {
    Config config =
        config(
            null,
            "hitless.renew.issuer",
            "local-ca,acme",
            "hitless.renew.keep",
            "-1",
            "hitless.renew.local-ca.pasword",
            "secret");
    assertThat(config.renewal().issuers()).isEmpty();
    assertThat(config.renewal().keep()).isEqualTo(5);
    assertThat(config.problems())
        .hasSize(4)
        .anyMatch(p -> p.contains("local-ca is ignored") && p.contains(".cert"))
        .anyMatch(p -> p.contains("acme"))
        .anyMatch(p -> p.contains("hitless.renew.keep=-1"))
        .anyMatch(p -> p.contains("hitless.renew.local-ca.pasword "))
        .noneMatch(p -> p.contains("secret"));
  }
}
