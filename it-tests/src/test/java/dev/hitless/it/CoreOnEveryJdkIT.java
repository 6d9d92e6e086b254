package dev.hitless.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs core's own unit tests on JDKs other than the one that builds: formats, key types and JSSE
 * differ between them.
 *
 * <p>On the oldest JDK found besides the one that builds, and with {@code HITLESS_IT=full} on all
 * of them. What is tagged {@code logic} asks little of a JDK: long lifetimes, crashes on a model,
 * looks for files, and commands. It runs on the oldest and the newest of a full run alone.
 */
@Execution(ExecutionMode.CONCURRENT)
class CoreOnEveryJdkIT {
  private static final boolean FULL = "full".equals(System.getenv("HITLESS_IT"));

  static Stream<Named<Jdk>> jdks() throws Exception {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    NavigableMap<Integer, Jdk> others = new TreeMap<>(all);
    others.remove(Runtime.version().feature());
    Jdk oldest = (others.isEmpty() ? all : others).firstEntry().getValue();
    return (FULL && !others.isEmpty() ? others.values().stream() : Stream.of(oldest))
        .map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("jdks")
  void passesTheUnitTestsOfCore(Jdk jdk) throws Exception {
    List<String> classPath = classPath();
    String tests =
        classPath.stream()
            .filter(CoreOnEveryJdkIT::isTestsOfCore)
            .findFirst()
            .orElseThrow(() -> new AssertionError("core's tests are not in " + classPath));
    Path log =
        Path.of(System.getProperty("hitless.it.target"), "core-on-" + jdk.feature() + ".log");
    Files.createDirectories(log.getParent());
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.add("-XX:+UseSerialGC"); // a fifth less work
    for (String count : List.of("certPbe", "keyPbe", "mac")) {
      command.add(
          "-Dkeystore.pkcs12." + count + "IterationCount=200"); // as core's own build has it
    }
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    command.addAll(List.of("org.junit.platform.console.ConsoleLauncher", "execute"));
    command.addAll(List.of("--scan-class-path", tests, "--disable-banner"));
    command.addAll(List.of("--exclude-classname", ".*ArchitectureTest", "--details", "summary"));
    if (!FULL || isBetween(jdk)) {
      command.addAll(List.of("--exclude-tag", "logic"));
    }
    command.addAll(List.of("--fail-if-no-tests", "--disable-ansi-colors"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertThat(ended).as("ended in time: %s", output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    System.out.println("core's unit tests on JDK " + jdk.feature() + ":" + summary(output));
  }

  private static boolean isBetween(Jdk jdk) throws IOException {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    return jdk.feature() > all.firstKey() && jdk.feature() < all.lastKey();
  }

  /** In the reactor, in the local repository, or not packed yet. */
  private static boolean isTestsOfCore(String entry) {
    String path = entry.replace('\\', '/');
    return path.matches(".*/hitless-core-[^/]*tests\\.jar|.*/core/target/test-classes");
  }

  private static String summary(String output) {
    return output
        .lines()
        .filter(line -> line.contains("tests successful") || line.contains("tests failed"))
        .reduce("", (all, line) -> all + " " + line.replaceAll("[\\[\\] ]+", " ").strip());
  }

  private static List<String> classPath() {
    String whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(whole.split(File.pathSeparator));
  }
}
