package dev.hitless.session;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a provider that hitless knows nothing of: it lists them and lets them be ended.
 */
final class ListedSessions implements SSLSessionContext {
  private final Map<Integer, SSLSession> sessions = new LinkedHashMap<>();

  /** Adds a session under a number. */
  void add(int number, long madeAtMillis) {
    sessions.put(number, session(number, madeAtMillis));
  }

  private SSLSession session(int number, long madeAtMillis) {
    return (SSLSession)
        Proxy.newProxyInstance(
            ListedSessions.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "getCreationTime":
                  return madeAtMillis;
                case "invalidate":
                  sessions.remove(number);
                  return null;
                default:
                  throw new UnsupportedOperationException(method.getName());
              }
            });
  }

  /** Returns the numbers of those that are left. */
  Set<Integer> left() {
    return new LinkedHashSet<>(sessions.keySet());
  }

  /** Returns a context with these sessions in the role of a server; the other role has none. */
  SSLContext context() {
    return new SSLContext(new Spi(this), new NoProvider(), "TLS") {};
  }

  /** Returns a context that fails whenever it is asked for its sessions. */
  static SSLContext broken() {
    return new SSLContext(new Spi(null), new NoProvider(), "TLS") {};
  }

  @Override
  public @Nullable SSLSession getSession(byte[] id) {
    return sessions.get(ByteBuffer.wrap(id).getInt());
  }

  @Override
  public Enumeration<byte[]> getIds() {
    List<byte[]> ids = new ArrayList<>();
    for (int number : sessions.keySet()) {
      ids.add(ByteBuffer.allocate(4).putInt(number).array());
    }
    return Collections.enumeration(ids);
  }

  @Override
  public void setSessionTimeout(int seconds) {}

  @Override
  public int getSessionTimeout() {
    return 0;
  }

  @Override
  public void setSessionCacheSize(int size) {}

  @Override
  public int getSessionCacheSize() {
    return 0;
  }

  private static final class NoProvider extends Provider {
    @SuppressWarnings("deprecation") // the constructor that Java 8 has
    NoProvider() {
      super("no provider", 1, "");
    }
  }

  private static final class Spi extends SSLContextSpi {
    private final @Nullable SSLSessionContext sessions;

    Spi(@Nullable SSLSessionContext sessions) {
      this.sessions = sessions;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return Objects.requireNonNull(sessions, "the provider has lost its sessions");
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException();
    }
  }
}
