package dev.hitless.it.bench;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.FollowedServer;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.renew.Lifetime;
import dev.hitless.renew.Window;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the moment a renewal is due to the first handshake with what it brought. */
final class Renewals implements Benchmark {
  private static final int RENEWALS = 12;
  private static final double MOST_MEDIAN = 150;

  /** What follows must end later, so it lives for more than half as long as the first. */
  private static final Duration FIRST = Duration.ofSeconds(20);

  private static final Duration VALIDITY = Duration.ofSeconds(12);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Window WINDOW =
      new Window(Duration.ofDays(30), Duration.ofHours(1), Window::byFingerprint);
  private static final Pattern RENEWED =
      Pattern.compile("renewed .*SHA-256 ([0-9a-f]{64}), .*next renewal is due at (\\S+)");

  @Override
  public List<Line> run(Lab lab, Jdk jdk) throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (String format : List.of("pem", "p12")) {
      List<Double> millis = millis(lab, jdk, format);
      Sample later = Sample.of(millis.subList(1, millis.size()));
      lines.add(
          new Line(
              "due → first new handshake, " + format,
              Integer.toString(jdk.feature()),
              "the first of the JVM %.0f ms; then %s ms, at most %.0f, of %d"
                  .formatted(
                      millis.get(0), later.show("%.0f"), later.quantile(1), millis.size() - 1),
              "",
              "≤ %.0f ms (median)".formatted(MOST_MEDIAN),
              later.median() <= MOST_MEDIAN));
    }
    return lines;
  }

  private static List<Double> millis(Lab lab, Jdk jdk, String format)
      throws IOException, InterruptedException {
    TestCa ca = TestCa.create("bench root").intermediate("bench issuing");
    Instant now = Instant.now();
    Identity first = ca.issue("EC", now, now.plus(FIRST), "localhost");
    Path file = lab.folder().resolve("renewed." + format);
    Path authority = lab.folder().resolve("renewing-ca.pem");
    write(authority, Pems.bytes(Pems.combined(ca.identity())));
    write(
        file,
        format.equals("pem")
            ? Pems.bytes(Pems.combined(first))
            : KeyStores.pkcs12("server", first, "changeit"));
    Program server =
        lab.probe(jdk, FollowedServer.class, format, file, "changeit")
            .with(Optional.of(lab.agent()))
            .options(
                "-Dsun.net.httpserver.nodelay=true", // else it waits for the client, up to 40 ms
                "-Dhitless.renew.issuer=local-ca",
                "-Dhitless.renew.local-ca.cert=" + authority,
                "-Dhitless.renew.validity=" + VALIDITY.toSeconds() + "s");
    Path log = lab.errors(server);
    Process process = server.start(log);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String port = output.readLine();
      if (port == null || !port.startsWith("port=")) {
        throw new IOException("the server did not start, see " + log);
      }
      Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "drain");
      drain.setDaemon(true);
      drain.start();
      int count = lab.scaled(RENEWALS, 4);
      try {
        return waits(first, handshakes(Integer.parseInt(port.substring(5)), count + 1), log);
      } finally {
        process.destroyForcibly();
        drain.join();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Shakes hands until so many certificates were seen; returns when each was seen first. */
  private static Map<String, Instant> handshakes(int port, int certificates)
      throws IOException, InterruptedException {
    TlsClient client = new TlsClient();
    Map<String, Instant> seen = new LinkedHashMap<>();
    List<IOException> failed = new ArrayList<>();
    boolean all =
        Await.until(
            PATIENCE,
            PAUSE,
            () -> {
              try {
                X509Certificate leaf = client.shakeHands(port, "TLSv1.2");
                seen.putIfAbsent(Fingerprint.of(leaf).hex(), Instant.now());
              } catch (IOException e) {
                failed.add(e);
              }
              return seen.size() >= certificates || !failed.isEmpty();
            });
    if (!all || !failed.isEmpty()) {
      throw new IOException("saw " + seen.size() + " certificates, failures: " + failed);
    }
    return seen;
  }

  private static List<Double> waits(Identity first, Map<String, Instant> seen, Path log)
      throws IOException {
    Map<String, Instant> due = new LinkedHashMap<>();
    Instant began = first.leaf().getNotBefore().toInstant();
    due.put(
        first.fingerprint().hex(),
        WINDOW.due(Lifetime.of(first.leaf(), began, null), first.fingerprint()));
    Matcher renewed = RENEWED.matcher(Files.readString(log));
    while (renewed.find()) {
      due.put(renewed.group(1), Instant.parse(renewed.group(2)));
    }
    List<Double> millis = new ArrayList<>();
    String before = first.fingerprint().hex();
    for (Map.Entry<String, Instant> next : seen.entrySet()) {
      if (!next.getKey().equals(before)) {
        millis.add(Duration.between(due.get(before), next.getValue()).toNanos() / 1e6);
      }
      before = next.getKey();
    }
    return millis;
  }
}
