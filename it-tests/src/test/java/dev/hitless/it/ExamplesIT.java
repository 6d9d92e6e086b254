package dev.hitless.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What users copy, run as they run it. The demo is left out: it fetches, and takes a minute. */
final class ExamplesIT {
  private static final long TIMEOUT_SECONDS = 300;

  @TempDir Path folder;

  @Test
  void renewsTheKeystoreOfASystemdService() throws Exception {
    shows("systemd-keystore");
  }

  @Test
  void renewsAPemPairThroughACommand() throws Exception {
    if (Openssl.isInstalled()) {
      shows("pem-exec");
    } else {
      Finished finished = run("pem-exec");
      assertThat(finished.exit).isNotZero();
      assertThat(finished.output).contains("install OpenSSL");
    }
  }

  /** Shown in the quick run too, by {@code RootRotationIT}. */
  @Test
  @EnabledIfEnvironmentVariable(named = "HITLESS_IT", matches = "full")
  void rotatesTheRootOfMutualTls() throws Exception {
    Finished finished = run("mutual-tls");
    assertThat(finished.exit).as(finished.output).isZero();
    assertThat(finished.output)
        .contains("let in, by resumption", "refused", "and the old root is out.")
        .containsPattern("[1-9]\\d* handshakes, 0 failed");
  }

  private void shows(String example) throws IOException, InterruptedException {
    Finished finished = run(example);
    assertThat(finished.exit).as(finished.output).isZero();
    assertThat(finished.output)
        .contains("dry run: would renew", "renewed and proved")
        .containsPattern("renewals +1 of 1")
        .containsPattern("failures +none");
  }

  private record Finished(int exit, String output) {}

  private Finished run(String example) throws IOException, InterruptedException {
    Path script = Path.of("../examples", example, "run").toRealPath();
    Path said = folder.resolve(example);
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    String maven = System.getProperty("hitless.it.maven");
    if (maven != null) {
      builder.environment().merge("PATH", maven + "/bin", (a, b) -> a + File.pathSeparator + b);
    }
    Process process = builder.start();
    boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    process.destroy(); // the script ends what it started
    int exit = process.waitFor();
    String output = Files.readString(said);
    assertThat(ended).as(output).isTrue();
    return new Finished(exit, output);
  }
}
