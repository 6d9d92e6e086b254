package dev.hitless.session;

import java.util.concurrent.Executor;

/** What of OpenSSL serves in this process, in the libraries that hitless knows. Thread-safe. */
public final class OpenSslContexts {
  private final NettyContexts netty = new NettyContexts();
  private final TomcatEndpoints tomcat;

  /**
   * Creates what knows of none yet.
   *
   * @param inside runs code of the application, at once and on the thread that gives it
   */
  public OpenSslContexts(Executor inside) {
    tomcat = new TomcatEndpoints(inside);
  }

  /** Returns those of Netty. */
  public NettyContexts netty() {
    return netty;
  }

  /** Returns those of Tomcat, by its endpoints. */
  public TomcatEndpoints tomcat() {
    return tomcat;
  }
}
