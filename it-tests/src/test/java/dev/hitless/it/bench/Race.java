package dev.hitless.it.bench;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Handshakes that fail while RSA and EC generations alternate, and how a naive swap does. */
final class Race implements Benchmark {
  private static final String PROGRAM = "dev.hitless.serve.RaceProgram";
  private static final int ENGINES = 200_000;
  private static final int SOCKETS = 20_000;
  private static final int NAIVE = 20_000;
  private static final int LEAST_SWAPS = 1_000;

  @Override
  public List<Line> run(Lab lab, Jdk jdk) throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    lines.add(line(lab, jdk, "rotating", "SunX509", "engines", "TLSv1.3", ENGINES));
    lines.add(line(lab, jdk, "rotating", "SunX509", "engines", "TLSv1.2", ENGINES));
    lines.add(line(lab, jdk, "rotating", "SunX509", "sockets", "TLSv1.3", SOCKETS));
    lines.add(line(lab, jdk, "rotating", "PKIX", "sockets", "TLSv1.3", SOCKETS));
    lines.add(line(lab, jdk, "wrapped", "SunX509", "sockets", "TLSv1.3", SOCKETS));
    lines.add(line(lab, jdk, "naive", "SunX509", "engines", "TLSv1.3", NAIVE));
    lines.add(line(lab, jdk, "naive", "SunX509", "sockets", "TLSv1.3", NAIVE));
    return lines;
  }

  private static Line line(
      Lab lab,
      Jdk jdk,
      String design,
      String algorithm,
      String transport,
      String protocol,
      int count)
      throws IOException, InterruptedException {
    int handshakes = lab.scaled(count, 1_000);
    Finished race =
        lab.run(
            new Program(
                jdk,
                Optional.empty(),
                List.of(),
                classPath(),
                PROGRAM,
                List.of(design, algorithm, transport, protocol, Integer.toString(handshakes))));
    double failed = race.number("failed");
    double swaps = race.number("swaps");
    boolean naive = design.equals("naive");
    return new Line(
        "failed handshakes, %s, %s, %s, %s".formatted(design, algorithm, transport, protocol),
        Integer.toString(jdk.feature()),
        "%.0f of %.0f at %.0f generations/s".formatted(failed, race.number("handshakes"), swaps),
        "",
        naive ? "" : "0 at ≥ " + LEAST_SWAPS + "/s",
        failed == 0 && swaps >= LEAST_SWAPS);
  }

  /** The core as it was built beside these tests, its tests, and the Bouncy Castle they need. */
  private static List<Path> classPath() {
    Path core = Path.of(System.getProperty("hitless.it.core"));
    Set<Path> paths = new LinkedHashSet<>();
    paths.add(core.resolve("classes"));
    paths.add(core.resolve("test-classes"));
    for (Class<?> type :
        List.of(X509v3CertificateBuilder.class, ASN1Encodable.class, CMPObjectIdentifiers.class)) {
      paths.add(Lab.codeOf(type));
    }
    return List.copyOf(paths);
  }
}
