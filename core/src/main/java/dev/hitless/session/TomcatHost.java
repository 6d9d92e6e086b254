package dev.hitless.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One virtual host with TLS ({@code SSLHostConfig}) of an endpoint of Tomcat, through public
 * methods of Tomcat, which are found by reflection because the application alone knows its Tomcat.
 *
 * <p>Used on the hitless thread, and not kept.
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
    Object[] configs = (Object[]) call(endpoint, "findSslHostConfigs");
    List<TomcatHost> hosts = new ArrayList<>();
    for (Object config : configs == null ? new Object[0] : configs) {
      hosts.add(new TomcatHost(endpoint, config));
    }
    return hosts;
  }

  /** Returns the contexts of OpenSSL that serve this host, of one for each kind of key. */
  List<Object> contexts() throws ReflectiveOperationException {
    Collection<?> certificates = (Collection<?>) call(config, "getCertificates");
    List<Object> contexts = new ArrayList<>();
    for (Object each : certificates == null ? Collections.emptySet() : certificates) {
      Object context = call(each, "getSslContext");
      if (context != null && context.getClass().getName().contains(".openssl.")) {
        contexts.add(context);
      }
    }
    return contexts;
  }

  /** Returns the files that it reads, as they are named in its configuration. */
  List<String> files() throws ReflectiveOperationException {
    List<String> files = new ArrayList<>();
    for (String method : TRUST) {
      add(call(config, method), files);
    }
    Collection<?> certificates = (Collection<?>) call(config, "getCertificates");
    for (Object each : certificates == null ? Collections.emptySet() : certificates) {
      for (String method : KEYS) {
        add(call(each, method), files);
      }
    }
    return files;
  }

  private static void add(@Nullable Object file, List<String> files) {
    if (file instanceof String) {
      files.add((String) file);
    }
  }

  /** Makes an engine of one of the contexts. */
  SSLEngine newEngine(Object context) {
    try {
      return (SSLEngine) Objects.requireNonNull(call(context, "createSSLEngine"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Has Tomcat read the files of this host again and make new contexts.
   *
   * @param inside runs that as code of the application
   * @throws InvocationTargetException if Tomcat does not like what it reads
   */
  void reload(Executor inside) throws ReflectiveOperationException {
    Method reload = endpoint.getClass().getMethod("reloadSslHostConfig", String.class);
    Object name = call(config, "getHostName");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    List<ReflectiveOperationException> thrown = new ArrayList<>();
    thread.setContextClassLoader(endpoint.getClass().getClassLoader());
    try {
      inside.execute(
          () -> {
            try {
              reload.invoke(endpoint, name);
            } catch (ReflectiveOperationException e) {
              thrown.add(e);
            }
          });
    } finally {
      thread.setContextClassLoader(before);
    }
    if (!thrown.isEmpty()) {
      throw thrown.get(0);
    }
  }

  private static @Nullable Object call(Object on, String method)
      throws ReflectiveOperationException {
    return on.getClass().getMethod(method).invoke(on);
  }

  @Override
  public String toString() {
    try {
      return String.valueOf(call(config, "getHostName"));
    } catch (ReflectiveOperationException e) {
      return config.getClass().getName();
    }
  }
}
