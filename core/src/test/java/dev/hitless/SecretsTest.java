package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.config.Config;
import dev.hitless.config.ConfiguredIdentity;
import dev.hitless.config.ConfiguredTrust;
import dev.hitless.config.Settings;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.testing.TestCa;
import java.math.BigInteger;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is configured may be printed by anybody at any time: it shows no password and no key. */
class SecretsTest {
  private static final String SECRET = "Geheim7321";

  @Test
  void areInNothingThatIsPrinted() throws Exception {
    Properties properties = new Properties();
    for (String name :
        Arrays.asList(
            "renew.local-ca.password",
            "renew.local-ca.key-password",
            "identity.web.password",
            "identity.web.key-password",
            "trust.x.password")) {
      properties.setProperty("hitless." + name, SECRET);
    }
    properties.setProperty("hitless.renew.local-ca.pasword", SECRET);
    properties.setProperty("hitless.identity.web.keystore", "/nowhere/a.p12");
    properties.setProperty("hitless.trust.x.file", "/nowhere/b.p12");
    properties.setProperty("hitless.renew.local-ca.keystore", "/nowhere/ca.p12");
    properties.setProperty("hitless.renew.issuer", "local-ca,nobody");
    Settings settings = Settings.read("renew.check=x,password=" + SECRET, properties);
    Config config = new Config(settings);
    RenewalSetup setup =
        new RenewalSetup(config.renewal(), Clock.systemUTC(), new Log("off", null), new Counters());
    char[] password = SECRET.toCharArray();
    List<char[]> passwords = Collections.singletonList(password);
    Identity identity = TestCa.create("root").issue("EC", "a.example");
    List<Object> printed =
        new ArrayList<>(
            Arrays.asList(
                settings,
                config,
                config.renewal(),
                config.renewal().localCa(),
                setup,
                setup.selection(),
                setup.selection().whyNot(identity),
                setup.renewer(),
                identity,
                Location.keyStore(Paths.get("a.p12"), "PKCS12", null, password, passwords),
                Location.pem(Collections.singletonList(Paths.get("a.pem")), passwords)));
    printed.addAll(config.problems());
    for (ConfiguredIdentity each : config.identities()) {
      printed.add(each);
    }
    for (ConfiguredTrust each : config.trusts()) {
      printed.add(each);
    }

    assertThat(config.problems()).as("they are told of").hasSizeGreaterThan(2);
    assertThat(config.identities()).hasSize(1);
    String key = new BigInteger(1, identity.key().getEncoded()).toString(16);
    assertThat(printed)
        .allSatisfy(
            each ->
                assertThat(String.valueOf(each))
                    .doesNotContain(SECRET, key.substring(key.length() / 2)));
  }
}
