package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.HandshakeRate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Full TLS 1.3 handshakes a second with the agent: with a policy and without, and mutual ones with
 * a policy, rules on peers and trust that follows its file, and without all of that.
 */
final class Policed implements Benchmark {
  private static final int TIMES = 9;
  private static final int HANDSHAKES = 4_000;
  private static final int MOST_SECONDS = 20;
  private static final double LEAST = 0.98;
  private static final String[] POLICY = {
    "-Dhitless.policy.min-protocol=TLSv1.2",
    "-Dhitless.policy.denied-cipher-suites=*_CBC_*,*_RC4_*",
    "-Dhitless.policy.named-groups=x25519,secp*"
  };

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    Program server = program(lab, jdk);
    Program mutual = program(lab, jdk, lab.trusted());
    return List.of(
        line(lab, "a policy", server.options(POLICY), server),
        line(
            lab,
            "policy, names, pins and trust",
            mutual
                .options(POLICY)
                .options(
                    "-Dhitless.policy.client-auth=need",
                    "-Dhitless.policy.peer.san=localhost",
                    "-Dhitless.policy.peer.pins=leaf:" + lab.first(KeyKind.RSA).fingerprint()),
            mutual.options("-Dhitless.trust=false")));
  }

  private static Program program(Lab lab, Jdk jdk, Object... more)
      throws IOException, GeneralSecurityException {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            lab.pkcs12(KeyKind.RSA),
            KeyFiles.PASSWORD,
            "SunX509",
            lab.scaled(HANDSHAKES, 500),
            lab.scaled(HANDSHAKES, 500),
            MOST_SECONDS));
    arguments.addAll(List.of(more));
    return lab.probe(jdk, HandshakeRate.class, arguments.toArray()).with(Optional.of(lab.agent()));
  }

  private static Line line(Lab lab, String what, Program with, Program without)
      throws IOException, InterruptedException {
    InTurn runs = new InTurn(lab, with, without, lab.scaled(TIMES, 3));
    List<Double> on = runs.first(each -> each.number("rate"));
    List<Double> off = runs.second(each -> each.number("rate"));
    Sample ratio = Sample.ratios(on, off);
    Sample cpu =
        Sample.ratios(
            runs.second(each -> each.number("cpu")), runs.first(each -> each.number("cpu")));
    return new Line(
        "handshakes/s with " + what,
        Integer.toString(with.jdk().feature()),
        "with %s, without %s".formatted(Sample.of(on).show("%.0f"), Sample.of(off).show("%.0f")),
        ratio.show("%.3f") + ", by CPU time " + cpu.show("%.3f"),
        "≥ " + LEAST,
        ratio.median() >= LEAST);
  }
}
