package dev.hitless.it.cert;

import javax.net.ssl.SSLParameters;

/** Which key a client accepts from the server. */
public enum Ask {
  /** Whatever the server prefers, in the newest protocol that both sides speak. */
  ANY {
    @Override
    public void restrict(SSLParameters parameters) {}
  },
  /** Only an RSA key: before TLS 1.3 a cipher suite names the kind of key that signs. */
  RSA {
    @Override
    public void restrict(SSLParameters parameters) {
      parameters.setProtocols(new String[] {"TLSv1.2"});
      parameters.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    }
  },
  /** Only an elliptic-curve key. */
  EC {
    @Override
    public void restrict(SSLParameters parameters) {
      parameters.setProtocols(new String[] {"TLSv1.2"});
      parameters.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    }
  };

  /** Restricts what a client offers. */
  public abstract void restrict(SSLParameters parameters);
}
