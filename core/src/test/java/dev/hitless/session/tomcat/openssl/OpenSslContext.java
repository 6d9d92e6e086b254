package dev.hitless.session.tomcat.openssl;

import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** Presents what it was made with, as its engines tell by their peer's name. */
public final class OpenSslContext {
  public final String presents;

  private final Supplier<SSLEngine> engines;

  public OpenSslContext(String presents) {
    this(presents, () -> context().createSSLEngine(presents, 1));
  }

  /** One whose engines are of use for a handshake. */
  public OpenSslContext(String presents, Supplier<SSLEngine> engines) {
    this.presents = presents;
    this.engines = engines;
  }

  public SSLEngine createSSLEngine() {
    return engines.get();
  }

  public SSLSessionContext getServerSessionContext() {
    return presents.equals("broken") ? null : context().getServerSessionContext();
  }

  private static SSLContext context() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
