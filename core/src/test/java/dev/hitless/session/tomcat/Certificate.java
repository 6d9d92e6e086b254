package dev.hitless.session.tomcat;

import java.util.function.Supplier;

/** Where the key of a host is, and the context that was made of it. */
public final class Certificate {
  private final String file;
  private final Supplier<Object> contexts;
  private Object context;

  /** One whose context is made now, and again each time it is loaded. */
  public Certificate(String file, Supplier<Object> contexts) {
    this.file = file;
    this.contexts = contexts;
    load();
  }

  void load() {
    context = contexts.get();
  }

  public Object getSslContext() {
    return context;
  }

  public String getCertificateKeystoreFile() {
    return file;
  }

  public String getCertificateFile() {
    return null;
  }

  public String getCertificateKeyFile() {
    return null;
  }

  public String getCertificateChainFile() {
    return null;
  }
}
