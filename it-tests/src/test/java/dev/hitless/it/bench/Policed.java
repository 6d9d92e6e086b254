package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.HandshakeRate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** Full TLS 1.3 handshakes a second with the agent, with a policy and without. */
final class Policed implements Benchmark {
  private static final int TIMES = 9;
  private static final int HANDSHAKES = 4_000;
  private static final int MOST_SECONDS = 20;
  private static final double LEAST = 0.98;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    Program without =
        lab.probe(
                jdk,
                HandshakeRate.class,
                lab.pkcs12(KeyKind.RSA),
                KeyFiles.PASSWORD,
                "SunX509",
                lab.scaled(HANDSHAKES, 500),
                lab.scaled(HANDSHAKES, 500),
                MOST_SECONDS)
            .with(Optional.of(lab.agent()));
    Program with =
        without.options(
            "-Dhitless.policy.min-protocol=TLSv1.2",
            "-Dhitless.policy.denied-cipher-suites=*_CBC_*,*_RC4_*",
            "-Dhitless.policy.named-groups=x25519,secp*");
    InTurn runs = new InTurn(lab, with, without, lab.scaled(TIMES, 3));
    List<Double> on = runs.first(each -> each.number("rate"));
    List<Double> off = runs.second(each -> each.number("rate"));
    Sample ratio = Sample.ratios(on, off);
    Sample cpu =
        Sample.ratios(
            runs.second(each -> each.number("cpu")), runs.first(each -> each.number("cpu")));
    return List.of(
        new Line(
            "handshakes/s with a policy",
            Integer.toString(jdk.feature()),
            "with %s, without %s"
                .formatted(Sample.of(on).show("%.0f"), Sample.of(off).show("%.0f")),
            ratio.show("%.3f") + ", by CPU time " + cpu.show("%.3f"),
            "≥ " + LEAST,
            ratio.median() >= LEAST));
  }
}
