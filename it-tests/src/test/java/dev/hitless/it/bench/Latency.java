package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.FollowedServer;
import dev.hitless.it.probe.RenamingClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the rename of a file to the first handshake with what it holds. */
final class Latency implements Benchmark {
  private static final int RENAMES = 300;

  /**
   * One client is always in a handshake; more of them, or one that never pauses, keep two CPUs
   * busy, and then it is those that are measured.
   */
  private static final int THREADS = 1;

  private static final int PAUSE_MICROS = 1_000;

  private static final double MOST_MEDIAN = 10;
  private static final double MOST_P99 = 50;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    lines.addAll(lines(lab, jdk, "JDK's p12", lab.generations(KeyFiles.PKCS12, KeyKind.EC)));
    lines.addAll(lines(lab, jdk, "OpenSSL's p12", lab.cheapGenerations(KeyKind.EC)));
    lines.addAll(lines(lab, jdk, "PEM", lab.generations(KeyFiles.PEM_ONE, KeyKind.EC)));
    return lines;
  }

  private static List<Line> lines(Lab lab, Jdk jdk, String format, Path generations)
      throws IOException, InterruptedException {
    Path file = generations.resolve("live/server");
    Program server =
        lab.probe(
                jdk,
                FollowedServer.class,
                format.equals("PEM") ? "pem" : "p12",
                file,
                KeyFiles.PASSWORD)
            .options(
                "-Dsun.net.httpserver.nodelay=true") // else it waits for the client, up to 40 ms
            .with(Optional.of(lab.agent()));
    Process process = server.start(lab.errors(server));
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String first = output.readLine();
      if (first == null || !first.startsWith("port=")) {
        throw new IOException("the server did not start, see " + lab.errors(server));
      }
      List<String> answers = new ArrayList<>();
      Thread reader = new Thread(() -> output.lines().forEach(answers::add), "answers");
      reader.start();
      Finished client =
          lab.run(
              lab.probe(
                  jdk,
                  RenamingClient.class,
                  first.substring("port=".length()),
                  generations,
                  file,
                  lab.scaled(RENAMES, 20),
                  THREADS,
                  PAUSE_MICROS));
      process.getOutputStream().close();
      reader.join();
      return List.of(handshakes(jdk, format, client), answers(jdk, format, client, answers));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Line handshakes(Jdk jdk, String format, Finished client) {
    List<Double> millis = new ArrayList<>();
    for (String[] renamed : client.all("renamed")) {
      long seen = Long.parseLong(renamed[3]);
      millis.add(seen < 0 ? Double.MAX_VALUE : (seen - Long.parseLong(renamed[2])) / 1e6);
    }
    Sample sample = Sample.of(millis);
    return new Line(
        "rename → first new handshake, " + format,
        Integer.toString(jdk.feature()),
        "%.1f / %.1f ms, of %d (the first after start %.1f); a handshake takes %.1f ms; %.0f of %.0f failed"
            .formatted(
                sample.median(),
                sample.quantile(0.99),
                millis.size(),
                client.number("first-nanos") / 1e6,
                client.number("handshake-nanos") / 1e6,
                client.number("failures"),
                client.number("handshakes")),
        "",
        "≤ 10 / ≤ 50 ms (median / p99)",
        sample.median() <= MOST_MEDIAN && sample.quantile(0.99) <= MOST_P99);
  }

  /** The same without the handshake. Both JVMs read the machine's one monotonic clock. */
  private static Line answers(Jdk jdk, String format, Finished client, List<String> answers) {
    List<Double> millis = new ArrayList<>();
    int next = 0;
    for (String[] renamed : client.all("renamed")) {
      for (int i = next; i < answers.size(); i++) {
        String[] answer = answers.get(i).split(" ");
        long nanos = Long.parseLong(answer[2]) - Long.parseLong(renamed[2]);
        if (nanos > 0 && answer[1].equals(renamed[1])) {
          millis.add(nanos / 1e6);
          next = i + 1;
          break;
        }
      }
    }
    Sample sample = Sample.of(millis);
    return new Line(
        "rename → key manager answers, " + format,
        Integer.toString(jdk.feature()),
        "%.1f / %.1f ms, of %d".formatted(sample.median(), sample.quantile(0.99), millis.size()),
        "",
        "",
        true);
  }
}
