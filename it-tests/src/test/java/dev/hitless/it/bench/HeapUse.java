package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.HeapAfterContexts;
import dev.hitless.it.probe.HeapAfterRotations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** The heap that stays used, after many rotations and after many contexts that were dropped. */
final class HeapUse implements Benchmark {
  private static final int ROTATIONS = 10_000;
  private static final int CONTEXTS = 100_000;
  private static final int POINTS = 20;

  /** What the second half of a run may add and still be called flat. */
  private static final double FLAT_KIB = 256;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path generations = lab.generations(KeyFiles.PKCS12, KeyKind.EC);
    Path file = generations.resolve("live/server");
    return List.of(
        line(
            lab,
            lab.probe(
                jdk,
                HeapAfterRotations.class,
                generations,
                file,
                KeyFiles.PASSWORD,
                lab.scaled(ROTATIONS, 100),
                POINTS),
            "rotations"),
        line(lab, contexts(lab, jdk, file, "own"), "dropped contexts, a factory each"),
        line(lab, contexts(lab, jdk, file, "shared"), "dropped contexts, one factory"));
  }

  private static Program contexts(Lab lab, Jdk jdk, Path file, String factories) {
    return lab.probe(
        jdk,
        HeapAfterContexts.class,
        file,
        KeyFiles.PASSWORD,
        lab.scaled(CONTEXTS, 1_000),
        POINTS,
        factories);
  }

  private static Line line(Lab lab, Program program, String what)
      throws IOException, InterruptedException {
    Finished run =
        lab.run(program.options("-XX:+UseSerialGC", "-Xmx512m").with(Optional.of(lab.agent())));
    List<String[]> points = run.all("heap");
    List<String[]> half = points.subList(points.size() / 2, points.size());
    double slope = slope(half);
    double count = Double.parseDouble(points.get(points.size() - 1)[1]);
    double grown = slope * count / 2 / 1024;
    return new Line(
        "heap after %,.0f %s".formatted(count, what),
        Integer.toString(program.jdk().feature()),
        "%.2f MiB, at half %.2f, at first %.2f; %.1f bytes each; took %.0f s, hitless's CPU %.1f ms each"
            .formatted(
                mib(points.get(points.size() - 1)),
                mib(half.get(0)),
                mib(points.get(0)),
                slope,
                run.number("seconds"),
                run.number("cpu-millis")),
        "",
        "flat (second half ≤ %.0f KiB)".formatted(FLAT_KIB),
        grown <= FLAT_KIB);
  }

  private static double mib(String[] point) {
    return Double.parseDouble(point[2]) / (1 << 20);
  }

  /** The bytes that each of the counted things adds, by least squares. */
  private static double slope(List<String[]> points) {
    double meanX = points.stream().mapToDouble(p -> Double.parseDouble(p[1])).average().orElse(0);
    double meanY = points.stream().mapToDouble(p -> Double.parseDouble(p[2])).average().orElse(0);
    double above = 0;
    double below = 0;
    for (String[] point : points) {
      double x = Double.parseDouble(point[1]) - meanX;
      above += x * (Double.parseDouble(point[2]) - meanY);
      below += x * x;
    }
    return below == 0 ? 0 : above / below;
  }
}
