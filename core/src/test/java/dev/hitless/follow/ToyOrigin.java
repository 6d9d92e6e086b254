package dev.hitless.follow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An origin of as many files as one likes, in a format of lines: {@code cert ALIAS BASE64}, {@code
 * key ALIAS ALGORITHM BASE64}, and {@code end} at the end of each file.
 */
final class ToyOrigin implements IdentityOrigin {
  private final List<Path> files;

  /** One permit for each time the files were read, or could not be. */
  private final Semaphore reads = new Semaphore(0);

  /** How often an interrupt closed a file while it was read. */
  final AtomicInteger interrupted = new AtomicInteger();

  ToyOrigin(Path... files) {
    this.files = Arrays.asList(files);
  }

  static byte[] certificates(String alias, Identity identity) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : identity.chain()) {
      try {
        text.append("cert ").append(alias).append(' ');
        text.append(Base64.getEncoder().encodeToString(certificate.getEncoded())).append('\n');
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
    return text.append("end\n").toString().getBytes(US_ASCII);
  }

  static byte[] key(String alias, Identity identity) {
    PrivateKey key = identity.key();
    String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
    return ("key " + alias + " " + key.getAlgorithm() + " " + base64 + "\nend\n")
        .getBytes(US_ASCII);
  }

  /** Returns one file with keys and certificates of all. */
  static byte[] store(Map<String, Identity> identities) {
    StringBuilder text = new StringBuilder();
    identities.forEach(
        (alias, identity) -> {
          text.append(new String(key(alias, identity), US_ASCII));
          text.append(new String(certificates(alias, identity), US_ASCII));
        });
    return (text.toString().replace("end\n", "") + "end\n").getBytes(US_ASCII);
  }

  @Override
  public Location location() {
    return Location.pem(files, Collections.emptyList());
  }

  @Override
  public List<byte[]> read() throws MaterialException {
    try {
      return readAll();
    } finally {
      reads.release();
    }
  }

  /** Forgets the reads so far, so that {@link #awaitRead} waits for one of what comes now. */
  void forgetReads() {
    reads.drainPermits();
  }

  /** Waits until the files have been read, or could not be, since {@link #forgetReads}. */
  void awaitRead() throws InterruptedException {
    assertThat(reads.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  private List<byte[]> readAll() throws MaterialException {
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files) {
      try {
        bytes.add(Files.readAllBytes(file));
      } catch (ClosedByInterruptException e) {
        interrupted.incrementAndGet();
        throw new MaterialException(Reason.UNREADABLE, "interrupted", e);
      } catch (IOException e) {
        throw new MaterialException(Reason.UNREADABLE, "cannot read " + file.getFileName(), e);
      }
    }
    return bytes;
  }

  @Override
  public Contents parse(List<byte[]> bytes) throws MaterialException {
    Map<String, PrivateKey> keys = new LinkedHashMap<>();
    Map<String, List<X509Certificate>> chains = new LinkedHashMap<>();
    for (byte[] file : bytes) {
      String text = new String(file, US_ASCII);
      if (!text.endsWith("end\n")) {
        throw new MaterialException(Reason.MALFORMED, "truncated", null);
      }
      for (String line : text.split("\n")) {
        parse(line.split(" "), keys, chains);
      }
    }
    Map<String, Identity> identities = new LinkedHashMap<>();
    for (Map.Entry<String, PrivateKey> key : keys.entrySet()) {
      List<X509Certificate> chain = chains.getOrDefault(key.getKey(), new ArrayList<>());
      identities.put(key.getKey(), Identity.of(key.getValue(), chain));
    }
    return new Contents(Fingerprint.ofBytes(bytes.toArray(new byte[0][])), identities);
  }

  private static void parse(
      String[] words, Map<String, PrivateKey> keys, Map<String, List<X509Certificate>> chains)
      throws MaterialException {
    try {
      if (words[0].equals("key")) {
        byte[] der = Base64.getDecoder().decode(words[3]);
        KeyFactory factory = KeyFactory.getInstance(words[2]);
        keys.put(words[1], factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
      } else if (words[0].equals("cert")) {
        byte[] der = Base64.getDecoder().decode(words[2]);
        chains
            .computeIfAbsent(words[1], alias -> new ArrayList<>())
            .add(
                (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der)));
      }
    } catch (GeneralSecurityException e) {
      throw new MaterialException(Reason.MALFORMED, "damaged", e);
    }
  }

  @Override
  public String describe() {
    return "toy " + files;
  }
}
