package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A server whose TLS is BoringSSL, by a JSSE provider that asks its key manager each time. */
final class ConscryptIT {
  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void rotatesAndSaysWhatCannotBeEnded(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(), "-cp", Probes.conscryptServer());
    if (jdk.feature() > 8) { // Conscrypt itself needs this
      jvm = jvm.with("--add-opens", "java.base/java.net=ALL-UNNAMED");
    }
    try (Server server = jvm.serve("app.ConscryptServer", keys.path())) {
      assertThat(server.presents()).isEqualTo(keys.first());
      server.mustComeToPresent(keys.renew());
      server.mustComeToPresent(keys.renew());

      server.mustSay("Conscrypt makes session tickets that nothing can end");
      assertThat(Lines.warnings(server.err())).hasSize(1);
    }
  }
}
