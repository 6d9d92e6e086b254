package dev.hitless.serve;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Looks at a peer after its chain was found good; on the threads of handshakes. Thread-safe. */
public interface PeerCheck {
  /** Lets everybody in. */
  PeerCheck NONE = new LettingIn();

  /**
   * Lets the peer in.
   *
   * @param client whether it is a client of this process
   * @param connection the Socket or SSLEngine; null if it is not known
   * @throws CertificateException if it is refused; JSSE then sends it an alert
   */
  void check(X509Certificate[] chain, boolean client, @Nullable Object connection)
      throws CertificateException;

  /** A trust manager of foreign make is used, whose peers are not seen here. */
  void notAsked(String trustManager);

  /** A class and no lambda: it may be loaded while a program starts. */
  final class LettingIn implements PeerCheck {
    private LettingIn() {}

    @Override
    public void check(X509Certificate[] chain, boolean client, @Nullable Object connection) {}

    @Override
    public void notAsked(String trustManager) {}
  }
}
