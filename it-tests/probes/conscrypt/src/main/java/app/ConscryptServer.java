package app;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Security;

/** {@code TlsServer} with Conscrypt, which is BoringSSL, in the place of the JDK's own TLS. */
public final class ConscryptServer {
  private ConscryptServer() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    Security.insertProviderAt(org.conscrypt.Conscrypt.newProvider(), 1);
    TlsServer.main(args);
  }
}
