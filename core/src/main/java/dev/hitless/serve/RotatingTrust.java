package dev.hitless.serve;

import dev.hitless.material.Trust;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the trust managers of one factory ask: the application's own trust manager until the first
 * swap, then one of the same make with other certificates.
 *
 * <p>No handshake is pinned: a check is one call. Between the list of issuers that a server sends
 * and the check of the answer a swap may come, and what is trusted then counts. Thread-safe; takes
 * no lock.
 */
public final class RotatingTrust {
  private final TrustSource source;
  private final X509TrustManager original;
  private final PeerCheck peers;
  private final Contexts contexts = new Contexts();
  private volatile X509TrustManager current;
  private volatile boolean asked;

  RotatingTrust(TrustSource source, X509TrustManager original, PeerCheck peers) {
    this.source = source;
    this.peers = peers;
    this.original = original;
    this.current = original;
  }

  boolean isExtended() {
    return original instanceof X509ExtendedTrustManager;
  }

  /** Returns what a check is passed on to. */
  X509TrustManager checking() {
    if (!asked) {
      asked = true;
    }
    return current;
  }

  /** Returns what a peer has to pass after its chain was found good. */
  PeerCheck peers() {
    return peers;
  }

  X509TrustManager current() {
    return current;
  }

  /** Returns the certificates that the application itself trusts; a new set. */
  public Set<X509Certificate> own() {
    return certificates(original);
  }

  /** Returns the certificates that are trusted now, as JSSE is told; a new set. */
  public Set<X509Certificate> accepted() {
    return certificates(current);
  }

  private static Set<X509Certificate> certificates(X509TrustManager manager) {
    X509Certificate @Nullable [] issuers = manager.getAcceptedIssuers();
    return issuers == null ? new LinkedHashSet<>() : new LinkedHashSet<>(Arrays.asList(issuers));
  }

  /**
   * Trusts other certificates from the next check on. Called on the hitless thread only.
   *
   * @throws GeneralSecurityException if no trust manager can be made of them; then nothing changes
   */
  public void serve(Trust trust) throws GeneralSecurityException {
    if (trust.certificates().equals(own())) {
      current = original;
      return;
    }
    X509TrustManager next = source.rebuild(trust.certificates());
    if (isExtended() && !(next instanceof X509ExtendedTrustManager)) {
      throw new KeyStoreException(source.describe() + " made a trust manager of another kind");
    }
    current = next;
  }

  /** Returns whether a peer was checked. */
  public boolean wasAsked() {
    return asked;
  }

  /** Returns whether it is the JVM's own trust store, {@code javax.net.ssl.trustStore}. */
  public boolean isStandard() {
    return source.isStandard();
  }

  /** Returns what it was made of; null if it was no KeyStore, or that is no longer in use. */
  public @Nullable KeyStore keyStore() {
    return source.keyStore();
  }

  /** Returns the factory's algorithm and provider, for the log. */
  public String describe() {
    return source.describe();
  }

  void addContext(SSLContext context) {
    contexts.add(context);
  }

  /** Returns the contexts that were initialised with it and are still in use. */
  public List<SSLContext> contexts() {
    return contexts.live();
  }
}
