package dev.hitless.session;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A key of a host on an endpoint of Tomcat ({@code SSLHostConfigCertificate}) and the context that
 * was made of it, through methods of Tomcat, which are found by reflection because the application
 * alone knows its Tomcat.
 *
 * <p>Used on the hitless thread, and not kept.
 */
final class TomcatCertificate {
  private final Object endpoint;
  private final Object certificate;
  private final @Nullable Object context;

  TomcatCertificate(Object endpoint, Object certificate) throws ReflectiveOperationException {
    this.endpoint = endpoint;
    this.certificate = certificate;
    this.context = call(certificate, "getSslContext");
  }

  /** Returns the context if it is one of OpenSSL, or else null. */
  @Nullable Object openSslContext() {
    return context != null && context.getClass().getName().contains(".openssl.") ? context : null;
  }

  /** Makes an engine of a context. */
  static SSLEngine newEngine(Object context) {
    try {
      return (SSLEngine) Objects.requireNonNull(call(context, "createSSLEngine"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Has Tomcat read the files and make another context, which serves nobody yet.
   *
   * @param inside runs that as code of the application
   * @throws InvocationTargetException if Tomcat does not like what it reads
   */
  Object newContext(Executor inside) throws ReflectiveOperationException {
    List<Object> made = new ArrayList<>();
    List<ReflectiveOperationException> thrown = new ArrayList<>();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(endpoint.getClass().getClassLoader());
    try {
      inside.execute(
          () -> {
            try {
              made.add(newContext());
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
    return made.get(0);
  }

  /** As {@code AbstractJsseEndpoint.createSSLContext} does. */
  private Object newContext() throws ReflectiveOperationException {
    Object implementation = Objects.requireNonNull(call(endpoint, "getSslImplementation"));
    Method getUtil = method(implementation.getClass(), "getSSLUtil", 1);
    Object util = Objects.requireNonNull(getUtil.invoke(implementation, certificate));
    Object made =
        Objects.requireNonNull(
            method(util.getClass(), "createSSLContext", 1).invoke(util, protocols()));
    Object sessions = call(made, "getServerSessionContext");
    if (sessions == null) {
      // Early versions log what went wrong and go on with a context whose memory is freed.
      throw new InvocationTargetException(
          new IllegalStateException(
              "it logs the reason, as of a context that was not initialised"));
    }
    method(util.getClass(), "configureSessionContext", 1).invoke(util, sessions);
    return made;
  }

  /** Has new connections served by a context. */
  void install(Object made) throws ReflectiveOperationException {
    Method set;
    try {
      set = method(certificate.getClass(), "setSslContextGenerated", 1);
    } catch (NoSuchMethodException e) { // where none is told from one that a program has set
      set = method(certificate.getClass(), "setSslContext", 1);
    }
    set.invoke(certificate, made);
  }

  /** Returns what the endpoint offers by ALPN. */
  private @Nullable Object protocols() throws ReflectiveOperationException {
    for (Class<?> type = endpoint.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals("negotiableProtocols")) {
          field.setAccessible(true);
          return field.get(endpoint);
        }
      }
    }
    throw new NoSuchFieldException("negotiableProtocols");
  }

  private static Method method(Class<?> of, String name, int parameters)
      throws NoSuchMethodException {
    for (Class<?> type = of; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && method.getParameterCount() == parameters
            && !method.isBridge()) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoSuchMethodException(of.getName() + "." + name);
  }

  static @Nullable Object call(Object on, String method) throws ReflectiveOperationException {
    return on.getClass().getMethod(method).invoke(on);
  }
}
