package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** A key manager as an application writes it by hand: one identity, under one name. */
class HandKeyManager extends X509ExtendedKeyManager {
  static final String ALIAS = "by hand";

  private final Identity identity;

  HandKeyManager(Identity identity) {
    this.identity = identity;
  }

  private String choose(String... keyTypes) {
    for (String keyType : keyTypes) {
      if (keyType.equals(identity.leaf().getPublicKey().getAlgorithm())) {
        return ALIAS;
      }
    }
    return null;
  }

  private String[] list(String keyType) {
    return choose(keyType) == null ? null : new String[] {ALIAS};
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return choose(keyType);
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    return choose(types);
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return choose(types);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return list(keyType);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return list(keyType);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return ALIAS.equals(alias) ? identity.key() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return ALIAS.equals(alias) ? identity.chainArray() : null;
  }
}
