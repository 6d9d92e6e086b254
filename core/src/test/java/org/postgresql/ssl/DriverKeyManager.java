package org.postgresql.ssl;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509KeyManager;

/** Stands for the key managers of PostgreSQL's driver: each question is one too many. */
public final class DriverKeyManager implements X509KeyManager {
  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    throw new AssertionError("asked");
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    throw new AssertionError("asked");
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    throw new AssertionError("asked");
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    throw new AssertionError("asked");
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    throw new AssertionError("asked");
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    throw new AssertionError("asked");
  }
}
