package dev.hitless.session.tomcat;

/** Where the key of a host is, and the context that was made of it. */
public class Certificate {
  private final String file;
  Object context;

  public Certificate(String file, Object context) {
    this.file = file;
    this.context = context;
  }

  public Object getSslContext() {
    return context;
  }

  public void setSslContext(Object provided) {
    context = provided;
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
