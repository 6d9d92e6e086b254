package dev.hitless.it.policy;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Certificates of clients, as files for {@code openssl s_client}. */
final class ClientCertificates {
  private final Path folder;
  private final TestCa ca;

  ClientCertificates(Path folder, TestCa ca) {
    this.folder = folder;
    this.ca = ca;
  }

  /** Options of openssl for a client with a certificate of this name. */
  String[] options(String name) throws GeneralSecurityException, IOException {
    Identity identity = ca.issue(KeyKind.EC, List.of(name));
    String chain = Pem.certificates(identity.chain());
    Files.writeString(file(name), chain);
    Path both = Files.writeString(folder.resolve(name + ".pem"), Pem.key(identity.key()) + chain);
    return new String[] {"-cert", both.toString(), "-cert_chain", both.toString()};
  }

  /** The file with the chain of the certificate that was made last for this name. */
  Path file(String name) {
    return folder.resolve(name + ".crt");
  }
}
