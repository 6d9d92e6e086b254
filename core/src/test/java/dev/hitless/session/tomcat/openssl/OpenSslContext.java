package dev.hitless.session.tomcat.openssl;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** Presents what it was made with, as its engines tell by their peer's name. */
public class OpenSslContext {
  public final String presents;

  public OpenSslContext(String presents) {
    this.presents = presents;
  }

  public SSLEngine createSSLEngine() {
    return context().createSSLEngine(presents, 1);
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
