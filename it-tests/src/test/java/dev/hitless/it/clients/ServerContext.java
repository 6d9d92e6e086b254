package dev.hitless.it.clients;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.TestCa;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What the contexts of servers in this JVM are made of. Safe for use by several threads. */
final class ServerContext {
  private static final char[] NONE = new char[0];

  private final KeyManager[] keyManagers;
  private final TrustManager[] trustManagers;

  /** Issues a certificate for this machine; trusts what the other authority issues. */
  ServerContext(TestCa servers, TestCa clients) throws GeneralSecurityException, IOException {
    Identity identity = servers.issue(KeyKind.EC, List.of("localhost", "127.0.0.1"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = identity.chain().toArray(new X509Certificate[0]);
    store.setKeyEntry("server", identity.key(), NONE, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, NONE);
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("clients", clients.root());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(roots);
    keyManagers = keys.getKeyManagers();
    trustManagers = trusted.getTrustManagers();
  }

  /** Makes a context that knows no session yet. */
  SSLContext make() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers, trustManagers, null);
    return context;
  }
}
