package dev.hitless.renew.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands are shell scripts here; what runs them knows of no shell. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
@Tag("logic")
class ExecIssuerTest {
  private static final Duration LONG = Duration.ofSeconds(100);

  @TempDir Path directory;
  private final List<String> log = new ArrayList<>();
  private Identity old;
  private CertificateRequest request;

  @BeforeEach
  void makeRequest() throws Exception {
    old = TestCa.create("root").issue("EC", "a.test", "b.test");
    Files.write(directory.resolve("chain.pem"), Pems.bytes(Pems.chain(old)));
    request =
        new CertificateRequest(
            old.chain(),
            KeyKind.P_256.generate(old.leaf().getPublicKey(), new SecureRandom()),
            Duration.ofMinutes(5));
  }

  @Test
  void givesTheRequestInPemAndTakesTheChain() throws Exception {
    assertThat(issuer("cat > \"$1/csr\"; cat \"$1/chain.pem\"").issue(request))
        .isEqualTo(old.chain());
    String csr = text("csr");
    assertThat(csr)
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
        .endsWith("-----END CERTIFICATE REQUEST-----\n");
    byte[] der = Base64.getMimeDecoder().decode(csr.replaceAll("-----[A-Z ]+-----", "").trim());
    assertThat(der).isEqualTo(request.csr());
  }

  @Test
  void describesWhatIsWantedInTheEnvironmentAndHidesTheRest() throws Exception {
    issuer("env > \"$1/env\"; cat \"$1/chain.pem\"").issue(request);
    assertThat(text("env").split("\n"))
        .contains(
            "HITLESS_NAMES=a.test,b.test",
            "HITLESS_FINGERPRINT=" + Fingerprint.of(old.leaf()).hex(),
            "HITLESS_NOT_AFTER=" + old.leaf().getNotAfter().toInstant(),
            "HITLESS_VALIDITY_SECONDS=300");
  }

  @Test
  void hidesJavaOptionsAndHitlessSettingsFromTheCommand() {
    for (String name :
        Arrays.asList(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "HITLESS_PASSWORD",
            "hitless.renew.ca.password",
            "MY_HITLESS_ARGS")) {
      assertThat(CommandRunner.isHidden(name, "x")).as(name).isTrue();
    }
    assertThat(CommandRunner.isHidden("ARGS", "-Dhitless.renew.ca.password=secret")).isTrue();
    assertThat(CommandRunner.isHidden("PATH", "/bin")).isFalse();
  }

  @Test
  void doesNotBlockOnACommandThatFloodsItsErrorOutputAndIgnoresItsInput() throws Exception {
    String flood = "i=0; while [ $i -lt 20000 ]; do echo \"line $i of many\" >&2; i=$((i+1)); done";
    assertThat(issuer("exec <&-; " + flood + "; cat \"$1/chain.pem\"").issue(request))
        .isEqualTo(old.chain());
    assertThat(log).hasSize(50).last().isEqualTo("line 19999 of many");
  }

  @Test
  void stripsControlCharactersFromWhatIsLogged() throws Exception {
    issuer("printf '\\033[31mred\\033[0m\\007 bell\\n' >&2; cat \"$1/chain.pem\"").issue(request);
    assertThat(log).containsExactly("red  bell");
  }

  @Test
  void tellsTheExitCodeAndTheLastWordsButNotTheArguments() {
    assertFails(issuer("echo no such account >&2; exit 3", "s3cret"), "ended with code 3");
    assertFails(issuer("echo no such account >&2; exit 3", "s3cret"), "no such account");
  }

  @Test
  void refusesOutputWithoutAWholeChain() {
    assertFails(issuer("true"), "certificate");
    assertFails(issuer("head -c 300 \"$1/chain.pem\""), "no certificates in PEM");
    assertFails(issuer("head -c 2000000 /dev/zero"), "more than 1 MB");
  }

  @Test
  void endsACommandThatTakesTooLongWithAllItStarted() throws Exception {
    String script =
        "trap '' TERM; (trap '' TERM; echo started > \"$1/child\"; sleep 90) & sleep 90";
    ExecIssuer issuer = issuer(Duration.ofSeconds(2), script);
    assertFails(issuer, "took longer than 2 s");
    assertThat(text("child")).isEqualTo("started\n");
    for (String line : commandLines()) {
      assertThat(line).doesNotContain(directory.toString());
    }
  }

  @Test
  void saysWhatToDoIfTheCommandDoesNotExistOrMayNotBeExecuted() throws Exception {
    assertFails(
        new ExecIssuer(Collections.singletonList("/no/such/command"), LONG, log::add),
        "/no/such/command cannot be started");
    assertFails(
        new ExecIssuer(
            Collections.singletonList(directory.resolve("chain.pem").toString()), LONG, log::add),
        "may execute it");
  }

  @Test
  void doesNotWaitForADaemonThatACommandLeavesBehind() throws Exception {
    String script = "cat \"$1/chain.pem\"; sleep 95 & echo $! > \"$1/pid\"";
    try {
      assertThat(issuer(Duration.ofSeconds(80), script).issue(request)).isEqualTo(old.chain());
    } finally {
      new ProcessBuilder("/bin/kill", text("pid").trim()).start().waitFor();
    }
  }

  @Test
  void letsACommandWriteTheFilesItself() throws Exception {
    new RenewalCommand(
            ArgumentList.fill(
                ArgumentList.parse("/bin/sh -c 'echo new > \"$0\"' {cert}"),
                Collections.singletonMap("cert", directory.resolve("a b.pem").toString())),
            LONG,
            log::add)
        .run(old.leaf(), null);
    assertThat(text("a b.pem")).isEqualTo("new\n");
  }

  private ExecIssuer issuer(String script, String... further) {
    return issuer(LONG, script, further);
  }

  private ExecIssuer issuer(Duration limit, String script, String... further) {
    List<String> command =
        new ArrayList<>(Arrays.asList("/bin/sh", "-c", script, "sh", directory.toString()));
    command.addAll(Arrays.asList(further));
    return new ExecIssuer(command, limit, log::add);
  }

  private void assertFails(Issuer issuer, String why) {
    assertThatThrownBy(() -> issuer.issue(request))
        .isInstanceOf(IssuerException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("s3cret");
  }

  private String text(String file) throws Exception {
    return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8);
  }

  /** The command lines of all processes, as {@code ps} tells them on every Unix. */
  private List<String> commandLines() throws Exception {
    Process ps =
        new ProcessBuilder("/bin/sh", "-c", "ps -A -o args 2>/dev/null > ps.txt")
            .directory(directory.toFile())
            .start();
    assertThat(ps.waitFor()).isZero();
    return Files.readAllLines(directory.resolve("ps.txt"), StandardCharsets.ISO_8859_1);
  }
}
