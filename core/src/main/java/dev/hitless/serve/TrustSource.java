package dev.hitless.serve;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link TrustManagerFactory} was set up, so that the same algorithm and provider can make a
 * trust manager of other certificates. What the application set beside them stays in force: CRLs,
 * revocation checking, certificate stores, checkers, policies and name constraints.
 *
 * <p>Immutable and thread-safe; {@link #rebuild} runs on the hitless thread.
 */
final class TrustSource {
  private final String algorithm;
  private final Provider provider;
  private final @Nullable PKIXParameters parameters;
  private final boolean standard;

  private final WeakReference<@Nullable KeyStore> store;

  private TrustSource(
      TrustManagerFactory factory,
      @Nullable PKIXParameters parameters,
      @Nullable KeyStore store,
      boolean standard) {
    this.algorithm = factory.getAlgorithm();
    this.provider = factory.getProvider();
    this.parameters = parameters;
    this.store = new WeakReference<>(store);
    this.standard = standard;
  }

  /** A factory that was initialised with a KeyStore; null stands for the JVM's own. */
  static TrustSource of(TrustManagerFactory factory, @Nullable KeyStore store) {
    return new TrustSource(factory, null, store, store == null);
  }

  /** A factory that was initialised with parameters, if they are PKIX. */
  static @Nullable TrustSource of(
      TrustManagerFactory factory, CertPathTrustManagerParameters given) {
    Object parameters = given.getParameters(); // a copy
    return parameters instanceof PKIXParameters
        ? new TrustSource(factory, (PKIXParameters) parameters, null, false)
        : null;
  }

  /** Returns whether it is the JVM's own trust store, {@code javax.net.ssl.trustStore}. */
  boolean isStandard() {
    return standard;
  }

  /** Returns what it was set up with; null if it was no KeyStore, or that is no longer in use. */
  @Nullable KeyStore keyStore() {
    return store.get();
  }

  String describe() {
    return "TrustManagerFactory " + algorithm + " of " + provider.getName();
  }

  /**
   * Makes a trust manager of other certificates, ready to be asked.
   *
   * @param certificates not empty
   * @throws GeneralSecurityException if the application's own kind of trust manager refuses them
   */
  X509TrustManager rebuild(Collection<X509Certificate> certificates)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(algorithm, provider);
    if (parameters == null) {
      factory.init(store(certificates));
    } else {
      PKIXParameters changed = (PKIXParameters) parameters.clone();
      changed.setTrustAnchors(anchors(parameters.getTrustAnchors(), certificates));
      factory.init(new CertPathTrustManagerParameters(changed));
    }
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager) {
        warm((X509TrustManager) manager, certificates.iterator().next());
        return (X509TrustManager) manager;
      }
    }
    throw new KeyStoreException(describe() + " made no trust manager");
  }

  private static KeyStore store(Collection<X509Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("JKS"); // in memory only, where its age is no matter
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new KeyStoreException(e);
    }
    int number = 0;
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    return store;
  }

  /** Keeps an anchor of the application's with its name constraints as long as it is trusted. */
  private static Set<TrustAnchor> anchors(
      Set<TrustAnchor> own, Collection<X509Certificate> certificates) {
    Map<X509Certificate, TrustAnchor> known = new HashMap<>();
    Set<TrustAnchor> anchors = new HashSet<>();
    for (TrustAnchor anchor : own) {
      X509Certificate certificate = anchor.getTrustedCert();
      if (certificate == null) {
        anchors.add(anchor); // a name and a key alone: from no file that we know of
      } else {
        known.put(certificate, anchor);
      }
    }
    for (X509Certificate certificate : certificates) {
      TrustAnchor anchor = known.get(certificate);
      anchors.add(anchor != null ? anchor : new TrustAnchor(certificate, null));
    }
    return anchors;
  }

  /** Has the validators built here (X509TrustManagerImpl.getValidator), and in no handshake. */
  private static void warm(X509TrustManager manager, X509Certificate trusted) {
    X509Certificate[] chain = {trusted};
    try {
      manager.checkClientTrusted(chain, "RSA");
    } catch (CertificateException | RuntimeException e) {
      // What it says of a root in the place of a leaf is no matter.
    }
    try {
      manager.checkServerTrusted(chain, "RSA");
    } catch (CertificateException | RuntimeException e) {
      return;
    }
  }
}
