package dev.hitless.it.probe;

import java.security.cert.X509Certificate;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** What a key manager of an EC key answers, asked as JSSE asks it. */
final class Answers {
  private static final long PAUSE_NANOS = 100_000;

  private final X509ExtendedKeyManager manager;

  Answers(KeyManager[] managers) {
    this.manager = (X509ExtendedKeyManager) managers[0];
  }

  X509Certificate leaf() {
    String alias = manager.chooseServerAlias("EC", null, null);
    X509Certificate[] chain = manager.getCertificateChain(alias);
    if (manager.getPrivateKey(alias) == null) {
      throw new IllegalStateException("a chain without a key");
    }
    return chain[0];
  }

  /** Waits for a leaf; returns when it came, by {@link System#nanoTime}, or -1 if it did not. */
  long await(X509Certificate expected, long mostMillis) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < mostMillis * 1_000_000) {
      if (leaf().equals(expected)) {
        return System.nanoTime();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return -1;
  }
}
