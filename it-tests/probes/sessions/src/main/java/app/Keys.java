package app;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** What a program has: a key in a PKCS12 file. */
final class Keys {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore store;

  Keys(String file) throws IOException, GeneralSecurityException {
    store = load(file);
  }

  private static KeyStore load(String file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /** The trust manager for the certificates of the chain in a PKCS12 file. */
  static X509ExtendedTrustManager trusted(String file)
      throws IOException, GeneralSecurityException {
    KeyStore chain = load(file);
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("ca", chain.getCertificateChain(chain.aliases().nextElement())[1]);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  SSLContext context(TrustManager trust) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), new TrustManager[] {trust}, null);
    return context;
  }
}
