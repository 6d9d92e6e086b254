package dev.hitless.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a properties file or an agent argument holds is a problem at the worst, without secrets.
 */
class SettingsFuzzTest {
  private static final int ROUNDS = Integer.getInteger("hitless.fuzz.rounds", 2000);
  private static final long SEED = Long.getLong("hitless.fuzz.seed", 12);
  private static final String GOOD =
      "hitless.poll=5s\nrenew.issuer=local-ca, exec\nrenew.local-ca.cert=/ca.pem\n"
          + "renew.window=30d\nrenew.keep=5\nrenew.exec.command=a 'b c' \"d\"\n"
          + "identity.web.keystore=/a.p12\nidentity.web.alias=a\ntrust.x.file=/b\ngate=strict\n";
  private static final String[] WORDS = {
    "99999999999999999999d",
    "-1",
    "\\u00",
    "\\uD800",
    "\\",
    "=",
    ":",
    ",",
    ";",
    "#",
    "0ms",
    "1e9h",
    "hitless.",
    "renew.",
    "\n",
    "\u0000",
    "9223372036854775807h",
    "identity..",
    "'",
    "\""
  };

  @TempDir Path folder;

  @Test
  void readsAnyFileAndAnyArgument() throws IOException {
    List<byte[]> seeds = Arrays.asList(bytes(GOOD), bytes(GOOD.replace('\n', ',')));
    Mutations mutations = new Mutations(SEED, seeds, WORDS);
    Path file = folder.resolve("hitless.properties");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = mutations.next();
      Files.write(file, content);
      read(file.toString());
      read(new String(content, StandardCharsets.ISO_8859_1));
    }
  }

  private static void read(String argument) {
    Config config = new Config(Settings.read(argument, new Properties()));
    assertThat(config.problems()).isNotNull();
    assertThat(config.renewal().window()).isPositive();
    assertThat(config.renewal().check()).isPositive();
    assertThat(config.renewal().keep()).isNotNegative();
    assertThat(config.renewal().issuers()).doesNotHaveDuplicates();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
