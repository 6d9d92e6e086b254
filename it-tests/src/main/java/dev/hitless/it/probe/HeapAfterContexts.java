package dev.hitless.it.probe;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Makes contexts with keys of a followed file and drops them; prints the heap now and then. */
public final class HeapAfterContexts {
  private HeapAfterContexts() {}

  /**
   * Runs it.
   *
   * @param args PKCS12 file, password, how many contexts, how many times to look at the heap,
   *     {@code own} for a factory of its own for each context or {@code shared} for one for all
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    char[] password = args[1].toCharArray();
    KeyStore store = Tls.keyStore(args[0], password);
    String algorithm = KeyManagerFactory.getDefaultAlgorithm();
    KeyManager[] shared = Tls.keyManagers(store, password, algorithm);
    boolean own = args[4].equals("own");
    int contexts = Integer.parseInt(args[2]);
    int each = Math.max(1, contexts / Integer.parseInt(args[3]));
    long begun = System.nanoTime();
    for (int i = 1; i <= contexts; i++) {
      Tls.server(own ? Tls.keyManagers(store, password, algorithm) : shared);
      if (i % each == 0) {
        TimeUnit.MILLISECONDS.sleep(500); // what is bound on another thread is bound by then
        Heap.print(i);
      }
    }
    System.out.println("cpu-millis=0");
    System.out.println("seconds=" + (System.nanoTime() - begun) / 1e9);
  }
}
