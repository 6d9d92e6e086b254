package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.Resumptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which share of sessions is resumed before, at and after a cut-off, and what looking costs. */
final class Sessions implements Benchmark {
  private static final int TIMES = 5;
  private static final int CLIENTS = 50;
  private static final int HANDSHAKES = 10_000;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      lines.addAll(lines(lab, jdk, protocol));
    }
    return lines;
  }

  private static List<Line> lines(Lab lab, Jdk jdk, String protocol)
      throws IOException, GeneralSecurityException, InterruptedException {
    Program program =
        lab.probe(
                jdk,
                Resumptions.class,
                lab.pkcs12(KeyKind.EC),
                KeyFiles.PASSWORD,
                protocol,
                CLIENTS,
                lab.scaled(HANDSHAKES, 1_000))
            .with(Optional.of(lab.agent()));
    List<Finished> runs = new ArrayList<>();
    for (int i = 0; i < lab.scaled(TIMES, 1); i++) {
      runs.add(lab.run(program));
    }
    double before = worst(runs, "before");
    double at = runs.stream().mapToDouble(each -> each.number("at")).max().orElse(1);
    double after = Math.min(worst(runs, "after"), worst(runs, "after-all"));
    Sample cpu = Sample.ratios(numbers(runs, "cpu-after"), numbers(runs, "cpu-before"));
    String feature = Integer.toString(jdk.feature());
    return List.of(
        new Line(
            "sessions resumed, " + protocol,
            feature,
            "before %.2f, at %.2f, after %.2f the cut-off".formatted(before, at, after),
            "first cut-off in "
                + Sample.of(numbers(runs, "cut-off-millis")).show("%.0f")
                + " ms, weaving included",
            "1, 0, 1",
            before == 1 && at == 0 && after == 1),
        new Line(
            "CPU time of a resumed handshake, " + protocol,
            feature,
            "%s µs, before the cut-off %s µs"
                .formatted(
                    Sample.of(numbers(runs, "cpu-after")).show("%.0f"),
                    Sample.of(numbers(runs, "cpu-before")).show("%.0f")),
            cpu.show("%.3f"),
            "≤ 1.02",
            cpu.median() <= 1.02));
  }

  private static double worst(List<Finished> runs, String name) {
    return runs.stream().mapToDouble(each -> each.number(name)).min().orElse(0);
  }

  private static List<Double> numbers(List<Finished> runs, String name) {
    return runs.stream().map(each -> each.number(name)).toList();
  }
}
