package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.Hello;
import dev.hitless.it.probe.UsesTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** What the agent adds to a JVM's life, compared with an agent that does nothing. */
final class StartUp implements Benchmark {
  private static final int TIMES = 21;
  private static final int MOST_WITH_TLS = 150;
  private static final int MOST_WITHOUT = 30;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    Program tls = lab.probe(jdk, UsesTls.class, lab.pkcs12(KeyKind.RSA), KeyFiles.PASSWORD);
    Program hello = lab.probe(jdk, Hello.class);
    return List.of(
        line(lab, tls, "added start-up, TLS used", MOST_WITH_TLS),
        line(lab, hello, "added start-up, TLS never used", MOST_WITHOUT));
  }

  private static Line line(Lab lab, Program program, String what, int most)
      throws IOException, InterruptedException {
    InTurn runs =
        new InTurn(
            lab,
            program.with(Optional.of(lab.agent())),
            program.with(Optional.of(lab.emptyAgent())),
            lab.scaled(TIMES, 3));
    List<Double> with = runs.first(Finished::millis);
    List<Double> without = runs.second(Finished::millis);
    Sample added = Sample.differences(with, without);
    Sample cpu =
        Sample.differences(runs.first(Finished::cpuMillis), runs.second(Finished::cpuMillis));
    return new Line(
        what,
        Integer.toString(program.jdk().feature()),
        added.show("%.0f") + " ms, CPU " + cpu.show("%.0f") + " ms",
        "%.2f".formatted(Sample.ratios(with, without).median()),
        "≤ " + most + " ms",
        added.median() <= most);
  }
}
