package dev.hitless.it.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.material.Identity;
import dev.hitless.renew.publish.RenewalsOnAFullDisk;
import dev.hitless.renew.publish.SteppedPublication;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real disk refuses: nothing is lost, the message says why, and the renewal succeeds as soon
 * as the disk lets it. On the newest JDK; with {@code HITLESS_IT=full} on the oldest too.
 */
@Execution(ExecutionMode.CONCURRENT)
class DiskFaultsIT {
  private static final TestCa CA = TestCa.create("root").intermediate("issuing");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final String NOBODY = "65534";

  /** Every file but the smallest is too large. */
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -S -f 1; exec \"$@\"", "sh");

  @TempDir Path folder;
  private Path tls;

  @BeforeEach
  void write() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Files.copy(Path.of(System.getProperty("hitless.it.jar")), folder.resolve("agent.jar"));
    write("ca.pem", Pems.combined(CA.identity()));
    SteppedPublication.prepare("PEM_PAIR", folder, 1, FIRST);
    tls = SteppedPublication.folder(folder, 0);
    set("rw-------", tls.resolve("tls.key"));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.jdk.Jdks#newest")
  void losesNothingWhereTheDiskIsFull(Jdk jdk) throws Exception {
    for (String shape : List.of("PEM_PAIR", "PKCS12")) {
      Optional<SmallDisk> mounted = SmallDisk.mount(folder, shape);
      if (mounted.isEmpty()) {
        losesNothingWhereFilesMayNotGrow(jdk);
        return;
      }
      try (SmallDisk disk = mounted.get()) {
        List<String> lines = onAFullDisk(jdk, shape, disk.directory());
        assertThat(lines.stream().filter(line -> line.contains("pages left: FAILED")))
            .as(String.join("\n", lines))
            .hasSizeGreaterThan(2)
            .allMatch(line -> line.contains("No space left") && line.contains("full or failing"));
        assertThat(lines.get(lines.size() - 1)).contains("RENEWED");
      }
    }
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.jdk.Jdks#newest")
  void losesNothingWhereFilesMayNotGrow(Jdk jdk) throws Exception {
    tls = Files.move(tls, folder.resolve("limited"));
    Finished refused = renew(LIMITED, jdk, tls);
    assertThat(refused.out()).contains("File too large", "full or failing disk");
    assertThat(refused.exit()).as(refused.out()).isEqualTo(1);
    assertHeldBefore();
    assertHealed(List.of(), jdk);
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.jdk.Jdks#newest")
  void saysWhatItMayNotWriteOrRead(Jdk jdk) throws Exception {
    boolean isRoot = Files.getOwner(tls).getName().equals("root");
    List<String> user = new ArrayList<>();
    if (isRoot) {
      chown(NOBODY, tls, folder.resolve("ca.pem"));
      user.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }

    set("r-xr-xr-x", tls);
    assertRefused(renew(user, jdk, tls), "may not be written by this process");

    set("rwxr-xr-x", tls);
    Path hidden = Files.createDirectory(tls.resolve(".hitless"));
    set("---------", hidden);
    assertRefused(
        renew(user, jdk, tls), ".hitless may not be entered by this process", "give it to");

    Files.delete(hidden);
    set("---------", tls.resolve("tls.key"));
    Finished unreadable = renew(user, jdk, tls);
    set("rw-------", tls.resolve("tls.key"));
    assertRefused(unreadable, "tls.key", "was not renewed", "Nothing was changed");

    assertHealed(user, jdk);
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.jdk.Jdks#newest")
  void saysThatADiskIsReadOnly(Jdk jdk) throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(folder, "read-only");
    if (mounted.isEmpty()) {
      saysWhatItMayNotWriteOrRead(jdk);
      return;
    }
    try (SmallDisk disk = mounted.get()) {
      for (String file : List.of("tls.crt", "tls.key")) {
        Files.copy(tls.resolve(file), disk.directory().resolve(file));
      }
      tls = disk.directory();
      disk.setReadOnly(true);
      assertRefused(renew(List.of(), jdk, tls), "may not be written", "a read-only mount");
      disk.setReadOnly(false);
      assertHealed(List.of(), jdk);
    }
  }

  private void assertRefused(Finished finished, String... why) throws Exception {
    assertThat(finished.out()).contains(why);
    assertThat(finished.exit()).as(finished.out()).isEqualTo(1);
    assertHeldBefore();
  }

  private void assertHeldBefore() throws Exception {
    assertThat(SteppedPublication.held("PEM_PAIR", tls)).isEqualTo(FIRST);
  }

  private void assertHealed(List<String> prefix, Jdk jdk) throws Exception {
    Finished healed = renew(prefix, jdk, tls);
    assertThat(healed.exit()).as(healed.out()).isZero();
    assertThat(SteppedPublication.held("PEM_PAIR", tls)).isNotEqualTo(FIRST);
  }

  /** What was printed, on either output. */
  private record Finished(int exit, String out) {}

  private Finished renew(List<String> prefix, Jdk jdk, Path pair) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            jdk.java().toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-jar",
            folder.resolve("agent.jar").toString(),
            "renew",
            "--cert=" + pair.resolve("tls.crt"),
            "--key=" + pair.resolve("tls.key"),
            "--ca-cert=" + folder.resolve("ca.pem"),
            "--force"));
    return run(command);
  }

  private List<String> onAFullDisk(Jdk jdk, String shape, Path disk) throws Exception {
    Finished finished =
        run(
            List.of(
                jdk.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                RenewalsOnAFullDisk.class.getName(),
                shape,
                disk.toString(),
                folder.toString()));
    assertThat(finished.exit()).as(finished.out()).isZero();
    return finished.out().lines().toList();
  }

  private static Finished run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), out);
  }

  private void write(String name, String content) throws IOException {
    set("rw-------", Files.writeString(folder.resolve(name), content));
  }

  private static void set(String mode, Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void chown(String user, Path... trees) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("chown", "-R", user + ":" + user));
    Stream.of(trees).map(Path::toString).forEach(command::add);
    assertThat(run(command).exit()).isZero();
  }
}
