package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** hitless works beside agents that rewrite the same classes, whoever comes first. */
final class OtherAgentsIT {
  @TempDir Path folder;
  private String rewriter;
  private String jacoco;

  @BeforeEach
  void packAgents() throws IOException {
    Path jar = folder.resolve("rewriter.jar");
    rewriter = Agent.flag(Probes.agent("agent", "other.RetransformingAgent", jar));
    jacoco =
        Agent.flag(Probes.library("org.jacoco")) + "=destfile=" + folder.resolve("jacoco.exec");
  }

  @OnEachJdk
  void rotatesWhenAnotherRewritesTheSameClassesBefore(Jdk jdk) throws Exception {
    mustRotate(Jvm.of(jdk, folder).with(rewriter, Agent.flag(), jacoco));
  }

  @OnOldestAndNewestJdk
  void rotatesWhenAnotherRewritesTheSameClassesAfter(Jdk jdk) throws Exception {
    mustRotate(Jvm.of(jdk, folder).with(jacoco, Agent.flag(), rewriter));
  }

  private void mustRotate(Jvm jvm) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm server = jvm.with("-cp", Probes.classes("server"));
    try (Server running = server.serve("app.TlsServer", keys.path())) {
      assertThat(running.out()).contains("retransformed");

      running.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(running.err())).isEmpty();
    }
  }
}
