package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A server whose key comes from the JDK's own {@code javax.net.ssl.keyStore} properties. */
final class DefaultContextIT {
  @TempDir Path folder;

  @OnEachJdk
  void followsTheKeyStoreOfTheDefaultContext(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with(
                Agent.flag(),
                "-Djavax.net.ssl.keyStore=" + keys.path(),
                "-Djavax.net.ssl.keyStorePassword=changeit",
                "-Djavax.net.ssl.keyStoreType=PKCS12",
                "-cp",
                Probes.classes("server"));
    try (Server server = jvm.serve("app.DefaultContextServer")) {
      assertThat(server.presents()).isEqualTo(keys.first());

      server.mustComeToPresent(keys.renew());
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(server.err())).isEmpty();
    }
  }
}
