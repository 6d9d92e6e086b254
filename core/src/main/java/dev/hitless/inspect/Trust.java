package dev.hitless.inspect;

import dev.hitless.material.Chain;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The trust anchors that something is verified against: those of the JDK, or given ones.
 *
 * <p>Thread-safe. Reads the JDK's trust store when it is first asked.
 */
public final class Trust {
  private final @Nullable Collection<X509Certificate> given;
  private @Nullable X509TrustManager manager;

  private Trust(@Nullable Collection<X509Certificate> given) {
    this.given = given;
  }

  /** Returns the trust store of the running JDK, {@code javax.net.ssl.trustStore} included. */
  public static Trust ofJdk() {
    return new Trust(null);
  }

  /** Returns trust in these certificates alone. */
  public static Trust in(Collection<X509Certificate> anchors) {
    return new Trust(anchors);
  }

  /** Returns whether a certificate is an anchor, or issued by one. */
  boolean reaches(X509Certificate certificate) {
    for (X509Certificate anchor : manager().getAcceptedIssuers()) {
      if (anchor.equals(certificate) || Chain.issued(anchor, certificate)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns why a server's chain does not verify, or null if it does; names are not looked at.
   *
   * @param chain leaf first, not empty
   * @param authType the key exchange, as in {@link X509TrustManager#checkServerTrusted}
   */
  @Nullable String refusal(List<X509Certificate> chain, String authType) {
    try {
      manager().checkServerTrusted(chain.toArray(new X509Certificate[0]), authType);
      return null;
    } catch (CertificateException | RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String text = cause.getMessage();
      return text == null ? cause.getClass().getSimpleName() : text;
    }
  }

  private synchronized X509TrustManager manager() {
    if (manager != null) {
      return manager;
    }
    try {
      KeyStore store = null;
      if (given != null) {
        store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate anchor : given) {
          store.setCertificateEntry("anchor-" + number++, anchor);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509TrustManager) {
          manager = (X509TrustManager) each;
          return manager;
        }
      }
      throw new IllegalStateException(
          "no X.509 trust manager among " + Arrays.toString(factory.getTrustManagers()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK's trust store cannot be read: " + e, e);
    }
  }
}
