package dev.hitless.serve;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * As {@link RotatingTrustManager}, for a trust manager that is not extended: JSSE then checks host
 * name and algorithm constraints itself, which it must go on doing. Thread-safe.
 */
final class PlainRotatingTrustManager implements X509TrustManager, TrustHolder {
  private final RotatingTrust trust;

  @SuppressWarnings({"unused", "FieldCanBeLocal", "UnusedVariable"}) // keeps the context alive
  private final @Nullable SSLContext context;

  PlainRotatingTrustManager(RotatingTrust trust, @Nullable SSLContext context) {
    this.trust = trust;
    this.context = context;
  }

  @Override
  public RotatingTrust trust() {
    return trust;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    trust.checking().checkClientTrusted(chain, authType);
    trust.peers().check(chain, true, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    trust.checking().checkServerTrusted(chain, authType);
    trust.peers().check(chain, false, null);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.current().getAcceptedIssuers();
  }
}
