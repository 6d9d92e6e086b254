package app;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a program is told by {@code javax.net.ssl.keyStore} and the rest, read by itself. */
final class Contexts {
  private Contexts() {}

  /** Makes a context of its own from what the JVM's default context is made of too. */
  static SSLContext own() throws IOException, GeneralSecurityException {
    KeyManagerFactory identities =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identities.init(load("keyStore"), password("keyStore"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(load("trustStore"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identities.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(String which) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(System.getProperty("javax.net.ssl." + which + "Type"));
    try (InputStream in = new FileInputStream(System.getProperty("javax.net.ssl." + which))) {
      store.load(in, password(which));
    }
    return store;
  }

  private static char[] password(String which) {
    return System.getProperty("javax.net.ssl." + which + "Password").toCharArray();
  }
}
