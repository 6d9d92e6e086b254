package dev.hitless.it.bench;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.ManyServers;
import dev.hitless.material.Identity;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A thousand identities of one process that are due at the same time, give or take the twentieth of
 * a lifetime by which hitless spreads them.
 */
final class ManyRenewals implements Benchmark {
  private static final int COUNT = 1_000;
  private static final double MOST_SECONDS = 60;
  private static final double LEAST_RATE = 0.9;

  /** Half of it is the window; the first half is for the start, and to see how fast it is idle. */
  private static final Duration LIFETIME = Duration.ofSeconds(160);

  private static final Duration IDLE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Override
  public List<Line> run(Lab lab, Jdk jdk) throws IOException, InterruptedException {
    int count = lab.scaled(COUNT, 20);
    Path folder = Files.createDirectories(lab.folder().resolve("many-" + jdk.feature()));
    TestCa ca = TestCa.create("many root").intermediate("many issuing");
    Path authority = folder.resolve("ca.pem");
    write(authority, Pems.combined(ca.identity()));
    Instant begins = Instant.now();
    Instant ends = begins.plus(LIFETIME);
    for (int i = 0; i < count; i++) {
      Identity identity = ca.issue("EC", begins, ends, "host-" + i + ".example");
      write(
          Files.createDirectories(folder.resolve("tls")).resolve(i + ".pem"),
          Pems.combined(identity));
    }
    Program server =
        lab.probe(jdk, ManyServers.class, folder.resolve("tls"), count)
            .with(Optional.of(lab.agent()))
            .options(
                "-Dhitless.renew.issuer=local-ca",
                "-Dhitless.renew.local-ca.cert=" + authority,
                "-Dhitless.renew.validity=2d");
    Path log = lab.errors(server);
    List<String> lines = new CopyOnWriteArrayList<>();
    List<Instant> renewed = new ArrayList<>();
    Process process = server.start(log);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      Thread reader = new Thread(() -> read(output, lines), "rates");
      reader.setDaemon(true);
      reader.start();
      watch(process, log, count, renewed);
      TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
      process.getOutputStream().close();
      process.waitFor();
      reader.join();
    } finally {
      process.destroyForcibly();
    }
    return lines(jdk, count, ends.minus(LIFETIME.dividedBy(2)), renewed, lines, log);
  }

  private static void read(BufferedReader output, List<String> lines) {
    try {
      output.lines().forEach(lines::add);
    } catch (UncheckedIOException e) {
      // Closed, because the run broke off.
      return;
    }
  }

  /** Notes when each was renewed, and returns once all are served. */
  private static void watch(Process process, Path log, int count, List<Instant> renewed)
      throws InterruptedException, IOException {
    boolean all =
        Await.until(
            PATIENCE,
            PAUSE,
            () -> {
              long now = lines(log, "INFO: renewed ");
              while (renewed.size() < now) {
                renewed.add(Instant.now());
              }
              return !process.isAlive() || lines(log, "INFO: rotated ") >= count;
            });
    if (!all || renewed.size() < count) {
      throw new IOException(renewed.size() + " of " + count + " were renewed, see " + log);
    }
  }

  private static long lines(Path log, String text) {
    try {
      return Files.readAllLines(log).stream().filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static List<Line> lines(
      Jdk jdk, int count, Instant due, List<Instant> renewed, List<String> output, Path log)
      throws IOException {
    Instant first = renewed.get(0);
    Instant last = renewed.get(count - 1);
    List<Double> idle = new ArrayList<>();
    List<Double> meanwhile = new ArrayList<>();
    for (String line : output) {
      String[] words = line.split(" ");
      if (!words[0].equals("rate")) {
        throw new IOException(line + ", see " + log);
      }
      Instant end = Instant.ofEpochMilli(Long.parseLong(words[1]));
      if (end.isAfter(first.plusSeconds(1)) && end.isBefore(last)) {
        meanwhile.add(Double.valueOf(words[2]));
      } else if (end.isAfter(last.plusSeconds(2))
          || (end.isBefore(first.minusSeconds(2)) && end.isAfter(first.minus(IDLE)))) {
        idle.add(Double.valueOf(words[2]));
      }
    }
    double seconds = Duration.between(due, last).toMillis() / 1e3;
    String feature = Integer.toString(jdk.feature());
    Sample busy = Sample.of(meanwhile);
    double ratio = busy.median() / Sample.of(idle).median();
    return List.of(
        new Line(
            count + " identities due at once",
            feature,
            "all renewed %.1f s after the last was due, in %.1f s altogether"
                .formatted(seconds, Duration.between(first, last).toMillis() / 1e3),
            "",
            "≤ 60 s",
            Duration.between(first, last).toMillis() / 1e3 <= MOST_SECONDS),
        new Line(
            "handshakes/s meanwhile",
            feature,
            busy.show("%.0f") + ", idle " + Sample.of(idle).show("%.0f"),
            "%.3f".formatted(ratio),
            "≥ " + LEAST_RATE,
            ratio >= LEAST_RATE));
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
