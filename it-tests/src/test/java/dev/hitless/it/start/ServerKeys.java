package dev.hitless.it.start;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;

/** The keystore of one server, as its operator renews it. */
final class ServerKeys {
  private static final Slot SLOT = Slot.SINGLE_EC.get(0);

  private final Path folder;
  private final String first;

  ServerKeys(Path folder) throws GeneralSecurityException, IOException {
    this.folder = folder;
    Identity identity = issue();
    Way.RENAME.layOut(folder, KeyFiles.PKCS12.write(Map.of(SLOT, identity)));
    first = identity.fingerprint();
  }

  String path() {
    return folder.resolve("server.p12").toString();
  }

  /** The fingerprint of the certificate that the server starts with. */
  String first() {
    return first;
  }

  /** Puts a new certificate in place; returns its fingerprint. */
  String renew() throws GeneralSecurityException, IOException, InterruptedException {
    Identity identity = issue();
    Way.RENAME.replace(folder, KeyFiles.PKCS12.write(Map.of(SLOT, identity)));
    return identity.fingerprint();
  }

  private static Identity issue() throws GeneralSecurityException {
    return Issuer.CA.issue(SLOT.kind(), List.of("localhost"));
  }

  /** Shared, because its RSA keys take longer to make than a server takes to start. */
  private static final class Issuer {
    static final TestCa CA = create();

    private static TestCa create() {
      try {
        return new TestCa();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
