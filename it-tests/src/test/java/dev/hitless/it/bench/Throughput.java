package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.HandshakeRate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** Full TLS 1.3 handshakes a second, with the agent and without. */
final class Throughput implements Benchmark {
  private static final int TIMES = 9;
  private static final int HANDSHAKES = 4_000;

  /** JDK 8 decrypts a key of PKIX for a tenth of a second in every handshake. */
  private static final int MOST_SECONDS = 20;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    return List.of(line(lab, jdk, "SunX509", "≥ 0.99", 0.99), line(lab, jdk, "PKIX", "> 1.5", 1.5));
  }

  private static Line line(Lab lab, Jdk jdk, String algorithm, String bar, double least)
      throws IOException, GeneralSecurityException, InterruptedException {
    Program program =
        lab.probe(
            jdk,
            HandshakeRate.class,
            lab.pkcs12(KeyKind.RSA),
            KeyFiles.PASSWORD,
            algorithm,
            lab.scaled(HANDSHAKES, 500),
            lab.scaled(HANDSHAKES, 500),
            MOST_SECONDS);
    InTurn runs =
        new InTurn(lab, program.with(Optional.of(lab.agent())), program, lab.scaled(TIMES, 3));
    List<Double> with = runs.first(each -> each.number("rate"));
    List<Double> without = runs.second(each -> each.number("rate"));
    Sample ratio = Sample.ratios(with, without);
    Sample cpu =
        Sample.ratios(
            runs.second(each -> each.number("cpu")), runs.first(each -> each.number("cpu")));
    return new Line(
        "handshakes/s, PKCS12 with " + algorithm,
        Integer.toString(jdk.feature()),
        "with %s, without %s"
            .formatted(Sample.of(with).show("%.0f"), Sample.of(without).show("%.0f")),
        ratio.show("%.3f") + ", by CPU time " + cpu.show("%.3f"),
        bar,
        ratio.median() >= least);
  }
}
