package dev.hitless.serve;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/** Answers every choice of a server's alias with a name of its own, as Tomcat and Spring do. */
public final class FixedAlias extends X509ExtendedKeyManager {
  private final X509KeyManager delegate;
  private final String alias;
  private final Runnable asked;

  /** Wraps a key manager. */
  public FixedAlias(X509KeyManager delegate, String alias) {
    this(delegate, alias, () -> {});
  }

  /**
   * Wraps a key manager.
   *
   * @param asked is run whenever an engine asks for an alias
   */
  public FixedAlias(X509KeyManager delegate, String alias, Runnable asked) {
    this.delegate = delegate;
    this.alias = alias;
    this.asked = asked;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    asked.run();
    return alias;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return alias;
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
