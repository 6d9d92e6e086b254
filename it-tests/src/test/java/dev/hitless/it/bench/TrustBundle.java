package dev.hitless.it.bench;

import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.TrustSwaps;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** How long a large bundle of trusted certificates holds up handshakes when it is replaced. */
final class TrustBundle implements Benchmark {
  private static final int CERTIFICATES = 10_000;
  private static final int SWAPS = 10;
  private static final double MOST_MILLIS = 50;

  @Override
  public List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException {
    int count = lab.scaled(CERTIFICATES, 1_000);
    TestCa ca = new TestCa();
    List<X509Certificate> roots = roots(count);
    Path folder = Files.createDirectories(lab.folder().resolve("bundle-" + jdk.feature()));
    roots.add(ca.root());
    // Without an ending: else they would be taken for files that the command line names.
    Path one = write(folder.resolve("one"), roots);
    Path two = write(folder.resolve("two"), roots.subList(count / 100, roots.size()));
    Path live = folder.resolve("live");
    Files.copy(one, live, StandardCopyOption.REPLACE_EXISTING);
    List<X509Certificate> chain = ca.issue(KeyKind.EC, List.of("client")).chain();
    Path client = write(folder.resolve("client.pem"), chain.subList(1, 2));
    Program program =
        lab.probe(jdk, TrustSwaps.class, live, two, one, client, lab.scaled(SWAPS, 3))
            .options("-Xmx1g")
            .with(Optional.of(lab.agent()));
    Finished run = lab.run(program);
    double cpu = run.number("swaps-cpu-millis");
    return List.of(
        new Line(
            "longest check while %,d trusted certificates are swapped".formatted(count),
            Integer.toString(jdk.feature()),
            "CPU %.1f ms, blocked %.0f ms, wall %.1f ms (undisturbed %.1f and %.1f ms), GC %.0f ms, %.0f checks, %.0f failed; hitless's CPU %.0f ms a swap"
                .formatted(
                    cpu,
                    run.number("swaps-blocked-millis"),
                    run.number("swaps-wall-millis"),
                    run.number("idle-cpu-millis"),
                    run.number("idle-wall-millis"),
                    run.number("swaps-gc-millis"),
                    run.number("swaps-checks"),
                    run.number("failed"),
                    run.number("hitless-cpu-millis")),
            "",
            "CPU and blocked ≤ %.0f ms".formatted(MOST_MILLIS),
            cpu + run.number("swaps-blocked-millis") <= MOST_MILLIS && run.number("failed") == 0));
  }

  private static Path write(Path file, List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    return Files.writeString(file, Pem.certificates(certificates));
  }

  /** Roots of different names on one key, since only their number matters. */
  private static List<X509Certificate> roots(int count) throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Date from = Date.from(Instant.now().minusSeconds(3_600));
    Date to = Date.from(Instant.now().plusSeconds(86_400));
    List<X509Certificate> roots = new ArrayList<>();
    try {
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      for (int i = 0; i < count; i++) {
        X500Name name = new X500Name("CN=root " + i);
        roots.add(
            new JcaX509CertificateConverter()
                .getCertificate(
                    new JcaX509v3CertificateBuilder(
                            name, BigInteger.valueOf(i + 1), from, to, name, keys.getPublic())
                        .build(signer)));
      }
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
    return roots;
  }
}
