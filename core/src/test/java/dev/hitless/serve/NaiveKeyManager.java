package dev.hitless.serve;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** The swap that everybody writes first: a volatile delegate. It is here to fail. */
final class NaiveKeyManager extends X509ExtendedKeyManager {
  private volatile X509ExtendedKeyManager delegate;

  NaiveKeyManager(X509ExtendedKeyManager delegate) {
    this.delegate = delegate;
  }

  void swap(X509ExtendedKeyManager next) {
    delegate = next;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return delegate.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return delegate.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return delegate.chooseClientAlias(keyType, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return delegate.getServerAliases(keyType, issuers);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return delegate.getClientAliases(keyType, issuers);
  }

  @Override
  public PrivateKey getPrivateKey(String name) {
    return delegate.getPrivateKey(name);
  }

  @Override
  public X509Certificate[] getCertificateChain(String name) {
    return delegate.getCertificateChain(name);
  }
}
