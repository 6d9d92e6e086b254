package dev.hitless.it.probe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Generations of a file, made before, that take its place by rename: {@code N.b64} is the file and
 * {@code N.der} its leaf, for each N from 0. They are in Base64 because a keystore that a server
 * opens is one that hitless may take its key to be from.
 */
final class Generations {
  private final Path target;
  private final List<byte[]> files = new ArrayList<>();
  private final List<X509Certificate> leaves = new ArrayList<>();

  Generations(String folder, String target) throws IOException, GeneralSecurityException {
    this.target = Paths.get(target);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (int i = 0; new File(folder, i + ".der").exists(); i++) {
      files.add(Base64.getDecoder().decode(Files.readAllBytes(Paths.get(folder, i + ".b64"))));
      try (InputStream in = Files.newInputStream(Paths.get(folder, i + ".der"))) {
        leaves.add((X509Certificate) factory.generateCertificate(in));
      }
    }
  }

  X509Certificate leaf(int number) {
    return leaves.get(number % leaves.size());
  }

  /** Renames a generation into place; returns the time just before, by {@link System#nanoTime}. */
  long publish(int number) throws IOException {
    Path beside = target.resolveSibling(target.getFileName() + ".new");
    Files.write(beside, files.get(number % files.size()));
    long before = System.nanoTime();
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return before;
  }
}
