package app;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trust that shrinks when it is told, counts what it is asked, and can hold a handshake. */
final class SwitchedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager after;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile X509ExtendedTrustManager now;
  private volatile CountDownLatch holding;

  SwitchedTrust(X509ExtendedTrustManager before, X509ExtendedTrustManager after) {
    this.now = before;
    this.after = after;
  }

  void change() {
    now = after;
  }

  /** From now on a handshake waits when its peer's certificate is to be checked. */
  void hold() {
    holding = new CountDownLatch(1);
  }

  void release() {
    holding.countDown();
    holding = null;
  }

  int asked() {
    return asked.get();
  }

  private X509ExtendedTrustManager asking() {
    asked.incrementAndGet();
    CountDownLatch latch = holding;
    if (latch != null) {
      synchronized (System.out) {
        System.out.println("held");
      }
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return now;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    asking().checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    asking().checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    asking().checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    asking().checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    asking().checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    asking().checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return now.getAcceptedIssuers();
  }
}
