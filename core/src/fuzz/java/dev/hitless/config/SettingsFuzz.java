package dev.hitless.config;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hitless.policy.Policies;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Arguments of the agent, a property and the configuration file: nothing throws but as said. */
class SettingsFuzz {
  private static final String[] NAMES = {
    "hitless.poll",
    "hitless.gate",
    "hitless.renew.window",
    "hitless.renew.issuer",
    "hitless.renew.identity",
    "hitless.renew.exec.command",
    "hitless.identity.a.keystore",
    "hitless.identity.a.for",
    "hitless.policy.min-protocol",
    "hitless.policy.cipher-suites",
    "hitless.policy.name.a.example.max-protocol",
    "hitless.policy.peer.san",
    "hitless.policy.peer.pins"
  };

  @FuzzTest(maxDuration = "15s")
  void reads(FuzzedDataProvider data) {
    Properties properties = new Properties();
    properties.setProperty(data.pickValue(NAMES), data.consumeString(200));
    // Arguments without = are the path of a file, and what is read there is what comes below.
    String arguments = data.consumeString(100) + "=";
    Settings settings = Settings.read(arguments, properties);
    Policies.of(settings.all()).problems();
    new Config(settings);
    try {
      Policies.of(
          settings.withFile(data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return;
    }
  }
}
