package dev.hitless.serve;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plain {@link X509KeyManager} an extended one, exactly as JSSE does: for engines it has no
 * alias to offer (sun.security.ssl.AbstractKeyManagerWrapper).
 *
 * <p>As thread-safe as its delegate.
 */
final class PlainKeyManager extends X509ExtendedKeyManager {
  private final X509KeyManager delegate;

  private PlainKeyManager(X509KeyManager delegate) {
    this.delegate = delegate;
  }

  static X509ExtendedKeyManager extended(X509KeyManager manager) {
    return manager instanceof X509ExtendedKeyManager
        ? (X509ExtendedKeyManager) manager
        : new PlainKeyManager(manager);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return delegate.getClientAliases(keyType, issuers);
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return delegate.chooseClientAlias(keyType, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return delegate.getServerAliases(keyType, issuers);
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return delegate.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public X509Certificate[] getCertificateChain(@Nullable String alias) {
    return delegate.getCertificateChain(alias);
  }

  @Override
  public PrivateKey getPrivateKey(@Nullable String alias) {
    return delegate.getPrivateKey(alias);
  }
}
