package dev.hitless.serve;

import dev.hitless.material.Fingerprint;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory handshake through a server's own context, which shows the leaf that it presents.
 *
 * <p>The client side stops before its last flight: by then it has verified the server's signature
 * over the handshake, and the server has not finished, so it keeps no session. Runs on the hitless
 * thread.
 */
public final class Proof {
  private static final int MOST_STEPS = 60;

  private final ForeignCode foreignCode;
  private final SSLContext clients;
  private final Capture capture = new Capture();

  /**
   * Prepares the client side, from the platform's default provider.
   *
   * @param foreignCode notes that the server side is the application's code
   */
  public Proof(ForeignCode foreignCode) throws GeneralSecurityException {
    this.foreignCode = foreignCode;
    clients = SSLContext.getInstance("TLS");
    clients.init(new javax.net.ssl.KeyManager[0], new TrustManager[] {capture}, null);
  }

  /**
   * Returns the fingerprint of the leaf that the context presents to a client that asks for this
   * leaf's name and understands its kind of key.
   *
   * @throws SSLException if the handshake fails before the leaf is shown and its key is proved
   */
  public Fingerprint presents(SSLContext context, X509Certificate leaf, @Nullable String host)
      throws SSLException {
    return presents(context::createSSLEngine, leaf, host);
  }

  /**
   * The same for a context that is not one of JSSE.
   *
   * @param engines makes one engine of the context each time; who gives it frees what it has made
   * @throws SSLException if the handshake fails before the leaf is shown and its key is proved
   */
  public Fingerprint presents(
      Supplier<SSLEngine> engines, X509Certificate leaf, @Nullable String host)
      throws SSLException {
    foreignCode.enter();
    try {
      return presented(engines, leaf, host);
    } finally {
      foreignCode.leave();
    }
  }

  /**
   * Returns the fingerprint of the leaf that a context presents to a client which takes any.
   *
   * @throws SSLException if the handshake fails before the leaf is shown and its key is proved
   */
  public Fingerprint presents(Supplier<SSLEngine> engines) throws SSLException {
    foreignCode.enter();
    try {
      return handshake(engines.get(), null, new String[0]);
    } finally {
      foreignCode.leave();
    }
  }

  private Fingerprint presented(
      Supplier<SSLEngine> engines, X509Certificate leaf, @Nullable String host)
      throws SSLException {
    SSLEngine server = engines.get();
    String[] suites = suites(server, leaf);
    if (suites.length > 0) {
      try {
        return handshake(server, host, suites);
      } catch (SSLException e) {
        // TLS 1.2 may be off in this server; a newer version shows what it presents as well.
        return handshake(engines.get(), host, new String[0]);
      }
    }
    return handshake(server, host, suites);
  }

  /** TLS 1.2 suites are the one way in which a client of every JDK can ask for a kind of key. */
  private String[] suites(SSLEngine server, X509Certificate leaf) {
    String algorithm = leaf.getPublicKey().getAlgorithm();
    String wanted =
        algorithm.startsWith("RSA")
            ? "TLS_ECDHE_RSA_"
            : algorithm.startsWith("EC") || algorithm.startsWith("Ed") ? "TLS_ECDHE_ECDSA_" : "";
    List<String> suites = new ArrayList<>();
    List<String> known = Arrays.asList(server.getSupportedCipherSuites());
    for (String suite : clients.getDefaultSSLParameters().getCipherSuites()) {
      if (!wanted.isEmpty() && suite.startsWith(wanted) && known.contains(suite)) {
        suites.add(suite);
      }
    }
    return suites.toArray(new String[0]);
  }

  private Fingerprint handshake(SSLEngine server, @Nullable String host, String[] suites)
      throws SSLException {
    server.setUseClientMode(false);
    SSLEngine client = clients.createSSLEngine("hitless-proof.invalid", 0);
    client.setUseClientMode(true);
    SSLParameters parameters = client.getSSLParameters();
    if (host != null) {
      parameters.setServerNames(Collections.singletonList(new SNIHostName(host)));
    }
    if (suites.length > 0) {
      parameters.setProtocols(new String[] {"TLSv1.2"});
      parameters.setCipherSuites(suites);
    }
    client.setSSLParameters(parameters);
    capture.leaf = null;
    try {
      run(client, server);
    } finally {
      client.getSession().invalidate();
      close(client);
      close(server);
    }
    X509Certificate leaf = capture.leaf;
    if (leaf == null) {
      throw new SSLException("the context presented no certificate");
    }
    return Fingerprint.of(leaf);
  }

  /** Moves flights between the two until the client is about to answer what it has verified. */
  private void run(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    client.beginHandshake();
    server.beginHandshake();
    for (int step = 0; step < MOST_STEPS; step++) {
      boolean ran = tasks(client);
      boolean verified = capture.leaf != null && wants(client, "NEED_WRAP");
      if (verified) {
        return;
      }
      boolean moved = step(client, toClient, toServer, ran);
      ran = tasks(server);
      moved |= step(server, toServer, toClient, ran);
      if (!moved && toClient.position() == 0 && toServer.position() == 0) {
        tasks(client);
        if (capture.leaf != null) {
          return;
        }
        throw new SSLException("the in-memory handshake came to a halt");
      }
    }
    throw new SSLException("the in-memory handshake did not end");
  }

  private static boolean wants(SSLEngine engine, String status) {
    return engine.getHandshakeStatus().name().equals(status);
  }

  /** Runs what the engine leaves to others; returns whether there was any. */
  private static boolean tasks(SSLEngine engine) {
    boolean ran = false;
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
      ran = true;
    }
    return ran;
  }

  /**
   * One wrap or unwrap; returns whether anything happened. Buffers are kept ready for writing.
   *
   * @param ran whether a task was run just now: Netty's engines go on at the next call only, with
   *     bytes or without
   */
  private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out, boolean ran)
      throws SSLException {
    if (wants(engine, "NEED_WRAP")) {
      SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
      return result.bytesProduced() > 0;
    }
    if ((ran || in.position() > 0)
        && engine.getHandshakeStatus().name().startsWith("NEED_UNWRAP")) {
      in.flip();
      SSLEngineResult result = engine.unwrap(in, ByteBuffer.allocate(1 << 15));
      in.compact();
      return ran || result.bytesConsumed() > 0;
    }
    return false;
  }

  private static void close(SSLEngine engine) {
    engine.closeOutbound();
    try {
      engine.closeInbound();
    } catch (SSLException e) {
      // It was cut off in the middle, as planned.
      return;
    }
  }

  /** Trusts anyone, since the point is to see who it is. */
  private static final class Capture extends X509ExtendedTrustManager {
    private @Nullable X509Certificate leaf;

    private void seen(X509Certificate[] chain) {
      leaf = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      seen(chain);
    }

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String authType, java.net.@Nullable Socket socket) {
      seen(chain);
    }

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
      seen(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("proofs are clients only");
    }

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String authType, java.net.@Nullable Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
