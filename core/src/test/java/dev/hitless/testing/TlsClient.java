package dev.hitless.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A TLS client that trusts anyone, so that only JSSE's own checks remain: above all, that the
 * server's signature is made by the key of the leaf that it presented.
 *
 * <p>Every handshake is a full one as long as each thread has a client of its own.
 */
public final class TlsClient {
  private static final int MOST_STEPS = 500;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLContext context;

  /** Creates a client with the platform's default provider. */
  public TlsClient() {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnyone()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Shakes hands in memory with a server's context, and returns the leaf that it presents.
   *
   * @throws SSLException what either side throws
   */
  public X509Certificate shakeHands(SSLContext servers, String protocol) throws SSLException {
    SSLEngine server = servers.createSSLEngine();
    server.setUseClientMode(false);
    SSLEngine client = context.createSSLEngine();
    client.setUseClientMode(true);
    client.setEnabledProtocols(new String[] {protocol});
    shakeHands(client, server);
    return leaf(client.getSession());
  }

  /**
   * Shakes hands in memory.
   *
   * @throws SSLException what either side throws
   */
  public static void shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
    client.beginHandshake();
    server.beginHandshake();
    for (int step = 0; step < MOST_STEPS; step++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
      if (isDone(client) && isDone(server)) {
        return;
      }
    }
    throw new SSLException("the handshake in memory does not end");
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK:
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        return;
      case NEED_WRAP:
        engine.wrap(NOTHING.duplicate(), out);
        return;
      default:
        in.flip();
        if (in.hasRemaining()) {
          engine.unwrap(in, ByteBuffer.allocate(1 << 15));
        }
        in.compact();
    }
  }

  /**
   * Shakes hands over a socket with what listens on a port of this machine, and returns the leaf
   * that it presents.
   */
  public X509Certificate shakeHands(int port, String protocol) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return leaf(socket.getSession());
    }
  }

  private static X509Certificate leaf(SSLSession session) throws SSLException {
    X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
    session.invalidate();
    return leaf;
  }

  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
