package dev.hitless.agent.inside;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of which an instance tells that a process uses a native TLS library with limits: most
 * copy a server's key once and never ask a key manager again. Thread-safe.
 */
final class NativeTls {
  private static final String WHAT_TO_DO =
      " copies its key into native memory at start, where hitless does not reach it: its certificate"
          + " is NOT rotated. Choose the JSSE implementation";

  /** One for each SslProvider of OpenSSL. */
  private static final String[] NETTY_SERVERS = {
    "io/netty/handler/ssl/OpenSslServerContext",
    "io/netty/handler/ssl/ReferenceCountedOpenSslServerContext"
  };

  /** Of Tomcat, for OpenSSL by its native library and by java.lang.foreign. */
  private static final String TOMCAT = "org/apache/tomcat/util/net/openssl/";

  /** Told where the contexts of Netty's OpenSSL could not be given their hook. */
  static final String UNSEEN =
      "the OpenSSL contexts of Netty could not be given a hook: their sessions are not ended, peers"
          + " may resume them until they expire, or until a restart";

  private final Map<String, String> notices = new HashMap<>();

  /** Whether there is a Tomcat that can be made to copy its keys again. */
  private volatile boolean tomcatRenews;

  /** Classes of Netty that keep copies of keys, and could not be given a hook. */
  private final Set<String> keeping = ConcurrentHashMap.newKeySet();

  /** Set on a thread whose last context of Netty has been given a key manager to ask. */
  @SuppressWarnings("ThreadLocalUsage") // one instance serves the whole process
  private final ThreadLocal<@Nullable Boolean> asking = new ThreadLocal<>();

  NativeTls() {
    String tomcat = "Tomcat's OpenSSL connector" + WHAT_TO_DO;
    String tomcatHow =
        " (sslImplementationName=\"org.apache.tomcat.util.net.jsse.JSSEImplementation\")";
    notices.put(TOMCAT + "OpenSSLContext", tomcat + tomcatHow);
    notices.put(TOMCAT + "panama/OpenSSLContext", tomcat + tomcatHow);
    notices.put("org/apache/tomcat/util/net/AprEndpoint", tomcat + tomcatHow);
    String netty = " OpenSSL provider (tcnative)" + WHAT_TO_DO + " (SslProvider.JDK)";
    for (String context : NETTY_SERVERS) {
      notices.put(context, "Netty's" + netty);
      notices.put("io/grpc/netty/shaded/" + context, "The Netty inside gRPC, with its" + netty);
    }
    notices.put(
        "org/conscrypt/ServerSessionContext",
        "Conscrypt makes session tickets that nothing can end: where an authority is no longer"
            + " trusted, clients that hold one may come back until it expires (8 hours, unless the"
            + " application says otherwise), or until a restart. Certificates rotate as elsewhere");
    notices.put(
        "org/wildfly/openssl/OpenSSLContextSPI",
        "WildFly's OpenSSL provider" + WHAT_TO_DO + " (protocol TLS without \"openssl.\")");
  }

  /** Returns what there may be to tell when a class of this internal name is used, or null. */
  @Nullable String noticeOf(String type) {
    return notices.get(type);
  }

  /**
   * Returns what to tell now that a constructor of a class of this internal name ends, or null. One
   * that calls another ends after it.
   */
  @Nullable String noticeNow(String type) {
    boolean asks = Boolean.TRUE.equals(asking.get()) && isNettys(type);
    boolean renews = tomcatRenews && type.startsWith(TOMCAT);
    return asks || renews ? null : noticeOf(type);
  }

  /** On this thread, a context of Netty begins to be made. */
  void nettyBegins() {
    asking.remove();
  }

  /**
   * It has been given what asks a key manager in handshakes, as versions before 4.1.31 are not.
   *
   * @param type the class of that, with dots
   */
  void nettyAsks(String type) {
    if (!keeping.contains(type)) {
      asking.set(true);
    }
  }

  /** A class of Netty was met, by its internal name, that asks once and goes on to do so. */
  void nettyKeeps(String type) {
    keeping.add(type.replace('/', '.'));
  }

  /** An endpoint of Tomcat, of this class, is given a host with TLS. */
  void tomcatEndpoint(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals("getSslImplementation")) {
        tomcatRenews = true; // not of APR's, nor of early versions
      }
    }
  }

  private static boolean isNettys(String type) {
    for (String context : NETTY_SERVERS) {
      if (type.endsWith(context)) {
        return true;
      }
    }
    return false;
  }
}
