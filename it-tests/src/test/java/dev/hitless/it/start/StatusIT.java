package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The status as a JMX client of another JVM reads it, which knows no class of hitless. */
@Execution(ExecutionMode.CONCURRENT)
final class StatusIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @OnEachJdk
  void tellsWhatIsServed(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(), "-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path());
        JMXConnector connector = Beans.of(server)) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      ObjectName name = new ObjectName("dev.hitless:type=Status");
      assertThat(Await.until(PATIENCE, () -> isRegistered(beans, name))).isTrue();
      String renewed = keys.renew();
      server.mustComeToPresent(renewed);

      assertThat(Await.until(PATIENCE, () -> fingerprints(beans, name).equals(List.of(renewed))))
          .isTrue();
      assertThat(hooks(beans, name)).contains("APPLIED").doesNotContain("FAILED");
      assertThat(Arrays.toString((String[]) beans.getAttribute(name, "NotFollowed")))
          .isEqualTo("[]");
    }
  }

  @OnOldestAndNewestJdk
  void namesThePolicyThatNoCertificateIsFor(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    String policy = "policy.name.lost.example.test.min-protocol=TLSv1.2";
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(policy), "-cp", Probes.classes("server"));
    try (Server server = jvm.serve("app.TlsServer", keys.path());
        JMXConnector connector = Beans.of(server)) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      ObjectName name = new ObjectName("dev.hitless:type=Status");
      assertThat(Await.until(PATIENCE, () -> isRegistered(beans, name))).isTrue();
      server.mustComeToPresent(keys.renew());

      assertThat(
              Await.until(
                  PATIENCE, () -> namesNotServed(beans, name).equals(List.of("lost.example.test"))))
          .isTrue();
    }
  }

  private static List<String> namesNotServed(MBeanServerConnection beans, ObjectName name) {
    try {
      return List.of((String[]) beans.getAttribute(name, "PolicyNamesNotServed"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRegistered(MBeanServerConnection beans, ObjectName name) {
    try {
      return beans.isRegistered(name);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> fingerprints(MBeanServerConnection beans, ObjectName name) {
    try {
      return Arrays.stream((CompositeData[]) beans.getAttribute(name, "Identities"))
          .map(identity -> String.valueOf(identity.get("fingerprint")))
          .toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> hooks(MBeanServerConnection beans, ObjectName name) throws Exception {
    return ((TabularData) beans.getAttribute(name, "Hooks"))
        .values().stream()
            .map(CompositeData.class::cast)
            .map(hook -> String.valueOf(hook.get("value")))
            .distinct()
            .toList();
  }
}
