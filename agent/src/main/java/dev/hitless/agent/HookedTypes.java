package dev.hitless.agent;

import org.jspecify.annotations.Nullable;

/**
 * The classes that carry hooks, by their internal names. Constants, which the compiler copies to
 * where they are used: no class loader needs to find this class but that of the agent's first
 * classes.
 */
public final class HookedTypes {
  public static final String KEY_STORE = "java/security/KeyStore";
  public static final String KEY_MANAGER_FACTORY = "javax/net/ssl/KeyManagerFactory";
  public static final String TRUST_MANAGER_FACTORY = "javax/net/ssl/TrustManagerFactory";
  public static final String SSL_CONTEXT = "javax/net/ssl/SSLContext";
  public static final String PBE_KEY_SPEC = "javax/crypto/spec/PBEKeySpec";
  public static final String MANAGEMENT_FACTORY = "java/lang/management/ManagementFactory";
  public static final String FILE_INPUT_STREAM = "java/io/FileInputStream";
  public static final String FILES = "java/nio/file/Files";
  public static final String FILE_CHANNEL = "java/nio/channels/FileChannel";

  /**
   * What all OpenSSL contexts of Netty are made from, with or without a package before it:
   * libraries bring copies of Netty.
   */
  public static final String NETTY_CONTEXT = "io/netty/handler/ssl/ReferenceCountedOpenSslContext";

  /** What all endpoints of Tomcat are made from. */
  public static final String TOMCAT_ENDPOINT = "org/apache/tomcat/util/net/AbstractEndpoint";

  /**
   * How the names end of the classes in which Netty's OpenSSL keeps native copies of keys, and of
   * the one that they extend.
   */
  public static final String NETTY_KEYS = "KeyMaterialProvider";

  /** Packages of native TLS libraries, and of classes that hand keys to them. */
  private static final String[] NATIVE_TLS = {
    "org/apache/tomcat/util/net/",
    "io/netty/handler/ssl/",
    "io/grpc/netty/shaded/io/netty/handler/ssl/",
    "org/wildfly/openssl/",
    "org/conscrypt/"
  };

  private HookedTypes() {}

  /** Returns whether a class may be one of those; true for some that are not. */
  static boolean mayBe(@Nullable ClassLoader loader, @Nullable String name) {
    if (name == null) {
      return false;
    }
    if (loader != null) {
      for (String prefix : NATIVE_TLS) {
        if (name.startsWith(prefix)) {
          return true;
        }
      }
      return name.endsWith(NETTY_CONTEXT) || name.endsWith(NETTY_KEYS);
    }
    switch (name) {
      case KEY_STORE:
      case KEY_MANAGER_FACTORY:
      case TRUST_MANAGER_FACTORY:
      case SSL_CONTEXT:
      case PBE_KEY_SPEC:
      case MANAGEMENT_FACTORY:
      case FILE_INPUT_STREAM:
      case FILES:
      case FILE_CHANNEL:
        return true;
      default:
        return false;
    }
  }
}
