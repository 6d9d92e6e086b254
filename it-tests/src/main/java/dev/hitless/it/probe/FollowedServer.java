package dev.hitless.it.probe;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The JDK's own HTTPS server. Beside it one thread asks its key manager what it answers and prints
 * each change with its time; the server itself knows of none.
 */
public final class FollowedServer {
  private static final int THREADS = 4;
  private static final long PAUSE_NANOS = 200_000;

  private FollowedServer() {}

  /**
   * Runs it until its standard input ends.
   *
   * @param args {@code p12} or {@code pem}, the file, the password
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    char[] password = args[2].toCharArray();
    KeyStore store =
        args[0].equals("pem")
            ? PemFile.keyStore(args[1], password)
            : Tls.keyStore(args[1], password);
    KeyManager[] keys = Tls.keyManagers(store, password, KeyManagerFactory.getDefaultAlgorithm());
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setHttpsConfigurator(new HttpsConfigurator(Tls.server(keys)));
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    server.setExecutor(executor);
    server.start();
    Thread watcher = new Thread(() -> watch(new Answers(keys)), "watcher");
    watcher.setDaemon(true);
    watcher.start();
    System.out.println("port=" + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    server.stop(0);
    executor.shutdownNow();
  }

  private static void watch(Answers answers) {
    X509Certificate last = answers.leaf();
    while (!Thread.interrupted()) {
      X509Certificate now = answers.leaf();
      if (!now.equals(last)) {
        System.out.println("answers " + now.getSerialNumber() + " " + System.nanoTime());
        last = now;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
