package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Under a SecurityManager, while the JDK still has one, and whatever its policy grants hitless. */
final class SecurityManagerIT {
  private static final int LAST_WITH_SECURITY_MANAGER = 23;

  /** What {@code app.TlsServer} needs, and nothing beyond. */
  private static final String APPLICATION =
      """
      grant codeBase "file:%s/" {
        permission java.io.FilePermission "%s", "read";
        permission java.util.PropertyPermission "app.password", "read";
        permission java.net.SocketPermission "localhost:*", "listen,accept,resolve";
        permission java.lang.RuntimePermission "exitVM.0";
      };
      """;

  @TempDir Path folder;

  @OnEachJdk
  void rotatesAlthoughThePolicyDoesNotKnowHitless(Jdk jdk) throws Exception {
    mustRotate(jdk, "");
  }

  @OnOldestAndNewestJdk
  void rotatesWithEveryPermission(Jdk jdk) throws Exception {
    mustRotate(
        jdk,
        "grant codeBase \"file:" + Agent.jar() + "\" { permission java.security.AllPermission; };");
  }

  private void mustRotate(Jdk jdk, String grant) throws Exception {
    assumeTrue(jdk.feature() <= LAST_WITH_SECURITY_MANAGER, "this JDK has no SecurityManager");
    ServerKeys keys = new ServerKeys(folder);
    String classes = Probes.classes("server");
    Path policy = folder.resolve("server.policy");
    Files.writeString(policy, APPLICATION.formatted(classes, keys.path()) + grant);
    Jvm jvm =
        Jvm.of(jdk, folder)
            .with("-Djava.security.manager", "-Djava.security.policy=" + policy)
            .with(Agent.flag(), "-cp", classes);
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(server.err())).isEmpty();
    }
  }
}
