package dev.hitless.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One virtual host with TLS ({@code SSLHostConfig}) of an endpoint of Tomcat. Used on the hitless
 * thread, and not kept.
 */
final class TomcatHost {
  private static final String[] TRUST = {"getTruststoreFile", "getCaCertificateFile"};
  private static final String[] KEYS = {
    "getCertificateKeystoreFile",
    "getCertificateFile",
    "getCertificateKeyFile",
    "getCertificateChainFile"
  };

  private final Object endpoint;
  private final Object config;

  private TomcatHost(Object endpoint, Object config) {
    this.endpoint = endpoint;
    this.config = config;
  }

  /** Returns the hosts of an endpoint; none if it has no TLS. */
  static List<TomcatHost> of(Object endpoint) throws ReflectiveOperationException {
    Object[] configs = (Object[]) TomcatCertificate.call(endpoint, "findSslHostConfigs");
    List<TomcatHost> hosts = new ArrayList<>();
    for (Object config : configs == null ? new Object[0] : configs) {
      hosts.add(new TomcatHost(endpoint, config));
    }
    return hosts;
  }

  /** Returns its keys of which OpenSSL has a context: usually one of each kind. */
  List<TomcatCertificate> certificates() throws ReflectiveOperationException {
    List<TomcatCertificate> certificates = new ArrayList<>();
    for (Object each : configured()) {
      TomcatCertificate certificate = new TomcatCertificate(endpoint, each);
      if (certificate.openSslContext() != null) {
        certificates.add(certificate);
      }
    }
    return certificates;
  }

  private Collection<?> configured() throws ReflectiveOperationException {
    Collection<?> found = (Collection<?>) TomcatCertificate.call(config, "getCertificates");
    return found == null ? Collections.emptySet() : found;
  }

  /** Returns the files that it reads, as they are named in its configuration. */
  List<String> files() throws ReflectiveOperationException {
    List<String> files = new ArrayList<>();
    for (String method : TRUST) {
      add(TomcatCertificate.call(config, method), files);
    }
    for (Object each : configured()) {
      for (String method : KEYS) {
        add(TomcatCertificate.call(each, method), files);
      }
    }
    return files;
  }

  private static void add(@Nullable Object file, List<String> files) {
    if (file instanceof String) {
      files.add((String) file);
    }
  }

  /** Returns what tells it from others of this JVM. */
  String key() {
    return System.identityHashCode(endpoint) + " " + this;
  }

  @Override
  public String toString() {
    try {
      return String.valueOf(TomcatCertificate.call(config, "getHostName"));
    } catch (ReflectiveOperationException e) {
      return config.getClass().getName();
    }
  }
}
