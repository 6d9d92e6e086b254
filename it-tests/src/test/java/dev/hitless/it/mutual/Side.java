package dev.hitless.it.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The files of one process, as the operator sees them: writes them, and knows from the log of
 * hitless when they are in service. For one thread.
 */
final class Side {
  private static final String IDENTITY = "server.p12";
  private static final String TRUST = "trust.p12";
  private static final String BUNDLE = "bundle.pem";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Set<TestCa> trusted;
  private TestCa issuer;
  private String fingerprint;
  private Supplier<String> log = () -> "";
  private int identities = 1;
  private int trusts = 1;

  /** Lays out an identity below a root, and the same root as the only one that is trusted. */
  Side(Path folder, TestCa root) throws IOException, GeneralSecurityException {
    this.folder = folder;
    issuer = root;
    trusted = new LinkedHashSet<>(List.of(root));
    Identity first = identity(KeyKind.EC);
    fingerprint = first.fingerprint();
    Way.RENAME.layOut(folder, Map.of(IDENTITY, keyStore(first)));
    Way.RENAME.layOut(folder, trustFiles());
  }

  Path folder() {
    return folder;
  }

  Path identityFile() {
    return folder.resolve(IDENTITY);
  }

  /** The trusted roots in PEM, for who does not read keystores. */
  Path bundle() {
    return folder.resolve(BUNDLE);
  }

  /** Where the process says what hitless does. */
  void logsTo(Supplier<String> said) {
    log = said;
  }

  /** The options that make a JVM's default context of the files. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    for (String each : List.of("keyStore=" + IDENTITY, "trustStore=" + TRUST)) {
      String[] parts = each.split("=", 2);
      String property = "-Djavax.net.ssl." + parts[0];
      options.add(property + "=" + folder.resolve(parts[1]));
      options.add(property + "Type=PKCS12");
      options.add(property + "Password=" + KeyFiles.PASSWORD);
    }
    return options;
  }

  TestCa issuer() {
    return issuer;
  }

  Set<TestCa> trusted() {
    return Set.copyOf(trusted);
  }

  /** Replaces the identity; does not wait. */
  void reissue(TestCa by, KeyKind kind)
      throws IOException, GeneralSecurityException, InterruptedException {
    issuer = by;
    Identity next = identity(kind);
    fingerprint = next.fingerprint();
    identities++;
    Way.RENAME.replace(folder, Map.of(IDENTITY, keyStore(next)));
  }

  /** Waits until the last identity is what handshakes are served with. */
  void awaitIdentity() throws InterruptedException {
    if (identities > 1) {
      await(" to " + fingerprint.substring(0, 12));
    }
  }

  /** Trusts a root, and waits until handshakes do. */
  void trust(TestCa root) throws IOException, GeneralSecurityException, InterruptedException {
    trusted.add(root);
    replaceTrust();
  }

  /** Trusts a root no more, and waits until handshakes do not. */
  void distrust(TestCa root) throws IOException, GeneralSecurityException, InterruptedException {
    trusted.remove(root);
    replaceTrust();
  }

  private void replaceTrust() throws IOException, GeneralSecurityException, InterruptedException {
    trusts++;
    Way.RENAME.replace(folder, trustFiles());
    await("generation " + trusts + ", SHA-256 ");
  }

  private void await(String text) throws InterruptedException {
    assertThat(Await.until(PATIENCE, () -> log.get().contains(text)))
        .as(() -> "no \"" + text + "\" in " + log.get())
        .isTrue();
  }

  private Identity identity(KeyKind kind) throws GeneralSecurityException {
    return issuer.issue(kind, List.of("localhost"));
  }

  private static byte[] keyStore(Identity identity) throws GeneralSecurityException, IOException {
    return KeyFiles.PKCS12.write(Map.of(Slot.SINGLE.get(0), identity)).get("server.p12");
  }

  private Map<String, byte[]> trustFiles() throws GeneralSecurityException, IOException {
    TestCa[] roots = trusted.toArray(new TestCa[0]);
    return Map.of(TRUST, Roots.trustStore(roots), BUNDLE, Roots.bundle(roots));
  }

  @Override
  public String toString() {
    return "%,d identities, %,d sets of roots".formatted(identities, trusts);
  }
}
