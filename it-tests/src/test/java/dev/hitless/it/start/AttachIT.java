package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Attached to a server that is running already. */
final class AttachIT {
  @TempDir Path folder;

  @OnEachJdk
  void leavesWhatIsThereAloneAndRotatesWhatComesLater(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm = Jvm.of(jdk, folder).with("-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path())) {
      assertThat(server.presents()).isEqualTo(keys.first());

      attach(server.pid());
      int port = server.newContext();

      server.mustComeToPresent(keys.renew(), port);
      assertThat(server.presents()).isEqualTo(keys.first());
      assertThat(Lines.warnings(server.err())).isEmpty();
    }
  }

  private static void attach(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      machine.loadAgent(Agent.jar().toString());
    } catch (AgentLoadException e) {
      // So a JVM of Java 8 says that all went well, in a way that later clients do not understand.
      assertThat(e).hasMessage("0");
    } finally {
      machine.detach();
    }
  }
}
