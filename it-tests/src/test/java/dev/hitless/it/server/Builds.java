package dev.hitless.it.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches and builds the servers that a run needs, with the Maven that runs these tests; each once
 * in a run, whoever needs it. Several at a time build one after the other.
 */
public final class Builds {
  private static final Set<String> BUILT = new TreeSet<>();
  private static final Pattern SUCCESS =
      Pattern.compile("^\\[INFO] (\\S+) \\.+ SUCCESS", Pattern.MULTILINE);
  private static final long TIMEOUT_MINUTES = 10;

  private final Path sources = Path.of(System.getProperty("hitless.it.servers"));
  private final Path target = Path.of(System.getProperty("hitless.it.target")).toAbsolutePath();
  private String log = "";

  /** Where the modules are built. */
  public Path folder() {
    return target.resolve("servers");
  }

  /** Builds modules; those that fail are told by {@link #failure}. */
  public void build(Collection<String> modules) throws IOException, InterruptedException {
    synchronized (BUILT) {
      Set<String> missing = new TreeSet<>(modules);
      missing.removeAll(BUILT);
      if (!missing.isEmpty()) {
        run(missing);
      }
    }
  }

  private void run(Set<String> modules) throws IOException, InterruptedException {
    Files.createDirectories(target);
    Path output = target.resolve("servers.log");
    ProcessBuilder maven =
        new ProcessBuilder(
                Path.of(System.getProperty("hitless.it.maven"), "bin", "mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--fail-at-end",
                "--threads=2",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + System.getProperty("hitless.it.repository"),
                "--projects=" + String.join(",", modules),
                "--also-make",
                "package")
            .directory(sources.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = maven.start();
    boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    log = Files.readString(output, StandardCharsets.UTF_8);
    if (!ended) {
      log += "\nstill not built after " + TIMEOUT_MINUTES + " minutes";
    }
    Matcher success = SUCCESS.matcher(log);
    while (success.find()) {
      BUILT.add(success.group(1));
    }
  }

  /** Why a module is not there; empty if it is. */
  public String failure(String module) {
    synchronized (BUILT) {
      return BUILT.contains(module) ? "" : "could not fetch " + module + ":\n" + log;
    }
  }
}
