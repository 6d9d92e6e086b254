package dev.hitless.it.probe;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;

/** A program that does what a TLS server does before it listens, and ends. */
public final class UsesTls {
  private UsesTls() {}

  /**
   * Runs it.
   *
   * @param args PKCS12 file, password
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    char[] password = args[1].toCharArray();
    String algorithm = KeyManagerFactory.getDefaultAlgorithm();
    System.out.println(
        "protocol="
            + Tls.server(Tls.keyManagers(Tls.keyStore(args[0], password), password, algorithm))
                .getProtocol());
  }
}
