package dev.hitless.it.bench;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Runs the benchmarks on the JDKs that are found and prints one table.
 *
 * <p>{@code -Dhitless.bench=startup,latency} picks some of them, {@code -Dhitless.bench.jdks=8,17}
 * some of the JDKs, {@code -Dhitless.bench.scale=0.1} makes a run that much shorter, and that much
 * less telling.
 */
final class Benchmarks {
  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();
  private static final double MIB = 1 << 20;
  private static final double MOST_MIB = 6;

  static {
    ALL.put("race", new Race());
    ALL.put("throughput", new Throughput());
    ALL.put("latency", new Latency());
    ALL.put("startup", new StartUp());
    ALL.put("heap", new HeapUse());
    ALL.put("context", new Contexts());
    ALL.put("trust", new TrustBundle());
    ALL.put("sessions", new Sessions());
    ALL.put("renewal", new Renewals());
    ALL.put("renewals", new ManyRenewals());
    ALL.put("publication", new Publications());
    ALL.put("policy", new Policed());
  }

  @Test
  void printsTheTable() throws IOException, GeneralSecurityException, InterruptedException {
    Path agent = Path.of(System.getProperty("hitless.it.jar")).toRealPath();
    Path folder = Path.of(System.getProperty("hitless.it.target"), "bench").toAbsolutePath();
    double scale = Double.parseDouble(System.getProperty("hitless.bench.scale", "1"));
    Lab lab = new Lab(folder, agent, scale);
    Collection<Jdk> jdks = jdks();
    System.out.println("JDKs: " + jdks + ", scale " + scale);
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<String, Benchmark> each : picked().entrySet()) {
      for (Jdk jdk : jdks) {
        lines.addAll(run(lab, jdk, each.getKey(), each.getValue()));
      }
    }
    double size = Files.size(agent) / MIB;
    lines.add(
        new Line(
            "size of the jar",
            "",
            "%.1f MiB".formatted(size),
            "",
            "≤ %.0f MB".formatted(MOST_MIB),
            size * MIB <= MOST_MIB * 1e6));
    System.out.println('\n' + Report.of(lines));
  }

  private static Map<String, Benchmark> picked() {
    String names = System.getProperty("hitless.bench", "");
    if (names.isEmpty()) {
      return ALL;
    }
    Map<String, Benchmark> picked = new LinkedHashMap<>();
    for (String name : names.split(",")) {
      Benchmark benchmark = ALL.get(name.strip());
      if (benchmark == null && !name.strip().equals("jar")) {
        throw new IllegalArgumentException("no such benchmark: " + name + "; " + ALL.keySet());
      }
      if (benchmark != null) {
        picked.put(name.strip(), benchmark);
      }
    }
    return picked;
  }

  private static Collection<Jdk> jdks() throws IOException {
    String features = System.getProperty("hitless.bench.jdks", "");
    Map<Integer, Jdk> found = Jdks.find();
    if (features.isEmpty()) {
      return found.values();
    }
    Set<String> wanted = Set.of(features.split(","));
    return found.values().stream()
        .filter(jdk -> wanted.contains(Integer.toString(jdk.feature())))
        .toList();
  }

  /** A benchmark that breaks is a line that is not met; the others go on. */
  private static List<Line> run(Lab lab, Jdk jdk, String name, Benchmark benchmark)
      throws GeneralSecurityException, InterruptedException {
    List<Line> lines;
    try {
      lines = benchmark.run(lab, jdk);
    } catch (IOException | IllegalStateException e) {
      System.out.println(name + " on " + jdk + " broke off: " + e);
      String feature = Integer.toString(jdk.feature());
      lines = List.of(new Line(name, feature, "broke off, see above", "", "to run", false));
    }
    System.out.print(Report.of(lines).replaceFirst(".*\n", ""));
    return lines;
  }
}
