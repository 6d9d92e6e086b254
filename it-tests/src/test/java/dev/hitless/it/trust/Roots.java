package dev.hitless.it.trust;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The old and the new root of a rotation, and a client's keystore of each. */
public final class Roots {
  final TestCa old = new TestCa();
  final TestCa next = new TestCa();
  final Path oldClient;
  final Path nextClient;

  Roots(Path folder) throws GeneralSecurityException, IOException {
    oldClient = keyStore(old, folder.resolve("old-client.p12"));
    nextClient = keyStore(next, folder.resolve("next-client.p12"));
  }

  /** Issues an identity for localhost and writes it into a PKCS12 keystore. */
  public static Path keyStore(TestCa ca, Path file) throws GeneralSecurityException, IOException {
    return keyStore(ca, file, "localhost");
  }

  static Path keyStore(TestCa ca, Path file, String name)
      throws GeneralSecurityException, IOException {
    Identity identity = ca.issue(KeyKind.EC, List.of(name));
    byte[] content =
        KeyFiles.PKCS12.write(Map.of(Slot.SINGLE_EC.get(0), identity)).get("server.p12");
    return Files.write(file, content);
  }

  public static byte[] bundle(TestCa... trusted) throws GeneralSecurityException {
    return Pem.certificates(roots(trusted)).getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] trustStore(TestCa... trusted) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate root : roots(trusted)) {
      store.setCertificateEntry("ca-" + store.size(), root);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, KeyFiles.PASSWORD.toCharArray());
    return out.toByteArray();
  }

  private static List<X509Certificate> roots(TestCa... trusted) {
    return Arrays.stream(trusted).map(TestCa::root).toList();
  }
}
