package dev.hitless.serve;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What one context is initialised with: passes every question on, and keeps the {@link SSLContext}
 * object alive as long as anything of that context is in use.
 *
 * <p>A plain server keeps its server socket and drops the context; the socket keeps what is behind
 * the context, which keeps this. Without it no proof could reach that server any more. Thread-safe.
 */
final class ContextKeyManager extends X509ExtendedKeyManager {
  private final RotatingKeyManager manager;

  @SuppressWarnings({
    "unused",
    "FieldCanBeLocal",
    "UnusedVariable"
  }) // it is there to be referred to
  private final SSLContext context;

  ContextKeyManager(RotatingKeyManager manager, SSLContext context) {
    this.manager = manager;
    this.context = context;
  }

  /** Returns what it asks. */
  RotatingKeyManager manager() {
    return manager;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return manager.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return manager.chooseEngineClientAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return manager.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return manager.chooseClientAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return manager.getServerAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return manager.getClientAliases(keyType, issuers);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    return manager.getPrivateKey(alias);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    return manager.getCertificateChain(alias);
  }
}
