package dev.hitless.inspect;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What comes by during one handshake. Its trust manager accepts everything, because it is there to
 * be shown and not to be relied on: nothing is ever sent over such a connection.
 *
 * <p>Owned by the thread that makes the handshake.
 */
final class Handshake {
  String address = "";
  String protocol = "";
  String cipherSuite = "";
  @Nullable String alpn;
  boolean asksForClient;
  List<X509Certificate> chain = Collections.emptyList();
  String authType = "";
  @Nullable String broken;

  X509ExtendedTrustManager trustManager() {
    return new Onlooker();
  }

  X509ExtendedKeyManager keyManager() {
    return new NoKey();
  }

  void take(SSLSession session) {
    protocol = session.getProtocol();
    cipherSuite = session.getCipherSuite();
  }

  /** Notes the chain. */
  private final class Onlooker extends X509ExtendedTrustManager {
    private void note(X509Certificate[] presented, String type) {
      chain = Arrays.asList(presented.clone());
      authType = type;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type) {
      note(presented, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type, Socket socket) {
      note(presented, type);
      if (socket instanceof SSLSocket) {
        SSLSession session = ((SSLSocket) socket).getHandshakeSession();
        if (session != null) {
          take(session);
        }
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type, SSLEngine engine) {
      note(presented, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Notes that it was asked, and has nothing. */
  private final class NoKey extends X509ExtendedKeyManager {
    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, Socket socket) {
      asksForClient = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }
}
