package app;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;

/** A TLS server that was built with its keystore inside its jar. Ends with its standard input. */
public final class BundledServer {
  private BundledServer() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    try (InputStream keyStore = BundledServer.class.getResourceAsStream("/server.p12")) {
      TlsServer.listen(keyStore);
    }
    while (System.in.read() >= 0) {
      // Nothing it says matters.
    }
  }
}
