package app;

import io.undertow.Undertow;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Undertow with an SSLContext that the application makes of a keystore. */
public final class UndertowServer {

  private UndertowServer() {}

  /**
   * @param args port, keystore file, keystore type, password
   */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    char[] password = args[3].toCharArray();
    KeyStore keyStore = KeyStore.getInstance(args[2]);
    try (InputStream in = new FileInputStream(args[1])) {
      keyStore.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    Undertow.builder()
        .addHttpsListener(port, "127.0.0.1", context)
        .setHandler(exchange -> exchange.getResponseSender().send("hello\n"))
        .build()
        .start();
  }
}
