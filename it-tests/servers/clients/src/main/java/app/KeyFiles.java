package app;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The files of one library: its certificate, and the root of the servers. */
final class KeyFiles {
  static final String PASSWORD = "changeit";

  private final Path folder;
  private final String name;

  KeyFiles(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** One of its own files by its ending. */
  Path own(String suffix) {
    return folder.resolve(name + suffix);
  }

  /** The root of the servers by its ending: in a PKCS12 keystore or a PEM file. */
  Path servers(String suffix) {
    return folder.resolve("servers" + suffix);
  }

  /** A context as programs make them. */
  SSLContext context() throws Exception {
    KeyManagerFactory identities =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identities.init(load(own(".p12")), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identities.getKeyManagers(), trusted().getTrustManagers(), null);
    return context;
  }

  X509TrustManager trustManager() throws Exception {
    return (X509TrustManager) trusted().getTrustManagers()[0];
  }

  private TrustManagerFactory trusted() throws Exception {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(load(servers(".p12")));
    return trusted;
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
