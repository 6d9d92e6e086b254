package dev.hitless.session.tomcat.openssl;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Presents what it was made with. */
public final class OpenSslContext {
  private final SSLContext context;

  public OpenSslContext(SSLContext context) {
    this.context = context;
  }

  public SSLEngine createSSLEngine() {
    return context.createSSLEngine();
  }
}
