package app;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/** Netty with OpenSSL and a keystore, of whose keys it keeps what it was first asked for. */
public final class CachingServer {
  private CachingServer() {}

  /**
   * @param args port, keystore, its type, its password
   */
  public static void main(String[] args) throws Exception {
    char[] password = args[3].toCharArray();
    KeyStore store = KeyStore.getInstance(args[2]);
    try (InputStream in = Files.newInputStream(Paths.get(args[1]))) {
      store.load(in, password);
    }
    KeyManagerFactory keys =
        new OpenSslCachingX509KeyManagerFactory(
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()));
    keys.init(store, password);
    SslContext tls = SslContextBuilder.forServer(keys).sslProvider(SslProvider.OPENSSL).build();
    PemServer.serve(Integer.parseInt(args[0]), channel -> tls.newHandler(channel.alloc()));
  }
}
