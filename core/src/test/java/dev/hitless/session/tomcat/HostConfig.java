package dev.hitless.session.tomcat;

import java.util.LinkedHashSet;
import java.util.Set;

/** A host with TLS and its certificates. */
public final class HostConfig {
  private final String name;
  private final Set<Certificate> certificates = new LinkedHashSet<>();
  public String truststoreFile;

  HostConfig(String name) {
    this.name = name;
  }

  public HostConfig with(Certificate certificate) {
    certificates.add(certificate);
    return this;
  }

  public String getHostName() {
    return name;
  }

  public Set<Certificate> getCertificates() {
    return certificates;
  }

  public String getTruststoreFile() {
    return truststoreFile;
  }

  public String getCaCertificateFile() {
    return null;
  }
}
