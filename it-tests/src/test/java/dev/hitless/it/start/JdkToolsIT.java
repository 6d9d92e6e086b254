package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code JAVA_TOOL_OPTIONS} reaches the JDK's own programs too; hitless has no business there.
 *
 * <p>The agent of these tests has nothing inside: wherever it does not stand aside, it fails to
 * start and says so.
 */
final class JdkToolsIT {
  @TempDir Path folder;

  @OnEachJdk
  void standsAsideInTools(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    Path source = Files.writeString(folder.resolve("Empty.java"), "final class Empty {}");
    Jvm jvm = jvmWithHollowAgent(jdk);

    Finished keytool =
        jvm.tool("keytool", "-list", "-keystore", keys.path(), "-storepass", "changeit");
    Finished javac = jvm.tool("javac", source.toString());
    Finished jar = jvm.tool("jar", "cfM", "empty.jar", "Empty.class");
    Finished jcmd = jvm.tool("jcmd", ProcessHandle.current().pid() + "", "VM.version");
    Finished jps = jvm.tool("jps", "-q");

    assertThat(keytool.withoutOptionsNotice()).contains("server").doesNotContain("hitless");
    assertThat(javac.withoutOptionsNotice()).isEmpty();
    assertThat(folder.resolve("Empty.class")).exists();
    assertThat(jar.withoutOptionsNotice()).isEmpty();
    assertThat(folder.resolve("empty.jar")).exists();
    assertThat(jcmd.withoutOptionsNotice()).contains("JDK ").doesNotContain("hitless");
    assertThat(jps.withoutOptionsNotice()).matches("([0-9]+\n)+");
  }

  @OnEachJdk
  void takesNoProgramOfAUserForATool(Jdk jdk) throws Exception {
    String classes = Probes.classes("plain");
    Jvm jvm = jvmWithHollowAgent(jdk).with("-cp", classes);

    assertThat(Lines.warnings(jvm.run("app.Hello").err())).hasSize(1);
    if (jdk.feature() >= 11) {
      Path source = folder.resolve("Run.java");
      Files.writeString(source, "class Run { public static void main(String[] a) {} }");
      assertThat(Lines.warnings(jvm.run(source.toString()).err())).hasSize(1);
    }
  }

  private Jvm jvmWithHollowAgent(Jdk jdk) throws IOException {
    Path hollow = Agent.without(name -> name.startsWith("inside/"), folder.resolve("hollow.jar"));
    return Jvm.of(jdk, folder).withEnvironment("JAVA_TOOL_OPTIONS", Agent.flag(hollow));
  }
}
