package dev.hitless.it.bench;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.ContextCreation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The time that a context without a private key takes, with the agent and without. */
final class Contexts implements Benchmark {
  private static final int TIMES = 11;

  /** It takes a million until the JIT has made the last of it. */
  private static final int COUNT = 1_500_000;

  private static final double MOST = 1.1;

  @Override
  public List<Line> run(Lab lab, Jdk jdk) throws IOException, InterruptedException {
    // A heap that grows is measured else: its pages cost most of what a first use of them takes.
    Program program =
        lab.probe(jdk, ContextCreation.class, lab.scaled(COUNT, 10_000), lab.scaled(COUNT, 10_000))
            .options("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
    InTurn runs =
        new InTurn(lab, program.with(Optional.of(lab.agent())), program, lab.scaled(TIMES, 3));
    List<Double> with = runs.first(each -> each.number("nanos"));
    List<Double> without = runs.second(each -> each.number("nanos"));
    Sample ratio = Sample.ratios(with, without);
    Sample cpu =
        Sample.ratios(
            runs.first(each -> each.number("cpu")), runs.second(each -> each.number("cpu")));
    return List.of(
        new Line(
            "SSLContext without a private key",
            Integer.toString(jdk.feature()),
            "with %s ns, without %s ns"
                .formatted(Sample.of(with).show("%.0f"), Sample.of(without).show("%.0f")),
            ratio.show("%.3f") + ", by CPU time " + cpu.show("%.3f"),
            "≤ " + MOST,
            ratio.median() <= MOST));
  }
}
