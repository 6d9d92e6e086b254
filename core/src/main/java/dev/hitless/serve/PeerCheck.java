package dev.hitless.serve;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
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

  /**
   * A context was initialised.
   *
   * @param foreign the class of its trust manager if that is of foreign make, so that its peers may
   *     not be seen here; else null
   */
  void initialised(SSLContext context, @Nullable String foreign);

  /** A class and no lambda: it may be loaded while a program starts. */
  final class LettingIn implements PeerCheck {
    private LettingIn() {}

    @Override
    public void check(X509Certificate[] chain, boolean client, @Nullable Object connection) {}

    @Override
    public void initialised(SSLContext context, @Nullable String foreign) {}
  }
}
