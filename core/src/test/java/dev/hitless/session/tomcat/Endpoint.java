package dev.hitless.session.tomcat;

import dev.hitless.session.tomcat.openssl.OpenSslContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLSessionContext;

/** An endpoint whose hosts have their keys from files, of which it makes contexts. */
public class Endpoint {
  protected final List<String> negotiableProtocols = Collections.singletonList("h2");
  private final Map<String, HostConfig> hosts = new LinkedHashMap<>();

  /** What each file holds; one that is missing cannot be read. */
  public final Map<String, String> files = new HashMap<>();

  /** Makes a context of what a file holds. */
  public Function<String, OpenSslContext> contexts = OpenSslContext::new;

  public final List<String> read = new ArrayList<>();
  public final List<ClassLoader> loaders = new ArrayList<>();
  public int sessionsConfigured;

  public HostConfig host(String name) {
    return hosts.computeIfAbsent(name, HostConfig::new);
  }

  public HostConfig[] findSslHostConfigs() {
    return hosts.values().toArray(new HostConfig[0]);
  }

  public Implementation getSslImplementation() {
    return new Implementation();
  }

  /** Chooses JSSE or OpenSSL. */
  public final class Implementation {
    public Util getSSLUtil(Certificate certificate) {
      return new Util(certificate);
    }
  }

  /** Makes contexts. Not public, as in Tomcat some are not. */
  final class Util {
    private final Certificate certificate;

    Util(Certificate certificate) {
      this.certificate = certificate;
    }

    public Object createSSLContext(List<String> protocols) {
      if (!protocols.equals(negotiableProtocols)) {
        throw new AssertionError(protocols);
      }
      String file = certificate.getCertificateKeystoreFile();
      read.add(file);
      loaders.add(Thread.currentThread().getContextClassLoader());
      if (!files.containsKey(file)) {
        throw new IllegalArgumentException("no key");
      }
      return contexts.apply(files.get(file));
    }

    public void configureSessionContext(SSLSessionContext sessions) {
      sessionsConfigured++;
    }
  }
}
