package dev.hitless.serve;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The trust manager that JSSE asks instead of the application's own.
 *
 * <p>Each question goes to the very same overload: the ones with a socket or an engine check the
 * host name and the algorithm constraints of the connection, the others do not. Exceptions and
 * their messages are the application's own, but for a peer that a policy refuses although the
 * application would let it in. Thread-safe.
 */
final class RotatingTrustManager extends X509ExtendedTrustManager implements TrustHolder {
  private final RotatingTrust trust;

  /** Keeps the context alive with what is behind it; see {@link ContextKeyManager}. */
  @SuppressWarnings({"unused", "FieldCanBeLocal", "UnusedVariable"})
  private final @Nullable SSLContext context;

  /**
   * Creates one.
   *
   * @param trust made of an extended trust manager
   * @param context the one that it is made for, or null if that is not known yet
   */
  RotatingTrustManager(RotatingTrust trust, @Nullable SSLContext context) {
    this.trust = trust;
    this.context = context;
  }

  @Override
  public RotatingTrust trust() {
    return trust;
  }

  private X509ExtendedTrustManager delegate() {
    return (X509ExtendedTrustManager) trust.checking();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    delegate().checkClientTrusted(chain, authType);
    trust.peers().check(chain, true, null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    delegate().checkClientTrusted(chain, authType, socket);
    trust.peers().check(chain, true, socket);
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    delegate().checkClientTrusted(chain, authType, engine);
    trust.peers().check(chain, true, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    delegate().checkServerTrusted(chain, authType);
    trust.peers().check(chain, false, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    delegate().checkServerTrusted(chain, authType, socket);
    trust.peers().check(chain, false, socket);
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    delegate().checkServerTrusted(chain, authType, engine);
    trust.peers().check(chain, false, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.current().getAcceptedIssuers();
  }
}
