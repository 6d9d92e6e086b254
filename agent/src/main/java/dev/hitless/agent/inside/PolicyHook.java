package dev.hitless.agent.inside;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * The place in the JDK's own TLS where the parameters of one handshake are taken from those of its
 * connection: the constructor of the handshake's context, which works on a copy of its own. It
 * carries the hook only once a policy is configured.
 *
 * <p>Its state is written by the weaver and read by the status.
 */
final class PolicyHook {
  /** The name by which the status tells of it. */
  static final String NAME = "HANDSHAKE_PARAMETERS";

  static final String HANDSHAKE = "sun/security/ssl/HandshakeContext";
  static final String CONNECTION = "sun/security/ssl/TransportContext";
  static final String PARAMETERS = "sun/security/ssl/SSLConfiguration";
  static final String CLIENT_AUTH = "sun/security/ssl/ClientAuthType";
  static final String TRANSPORT = "sun/security/ssl/SSLTransport";
  static final String CONTEXT = "sun/security/ssl/SSLContextImpl";
  static final String CONSTRUCTOR = "(L" + CONTEXT + ";L" + CONNECTION + ";)V";

  /** Of the context; it returns the field that every handshake takes the key manager from. */
  static final String KEY_MANAGER = "getX509KeyManager";

  static final String KEY_MANAGER_TYPE = "javax/net/ssl/X509ExtendedKeyManager";

  /** What became of the hook. */
  enum State {
    /** No policy was configured yet. */
    PENDING,
    /** It is woven in. */
    APPLIED,
    /** It could not be woven in. */
    FAILED
  }

  static volatile State state = State.PENDING;

  private PolicyHook() {}

  /** Returns whether the JDK keeps the parameters where the woven code looks for them. */
  static boolean fits() throws ClassNotFoundException {
    Class<?> parameters = find(PARAMETERS);
    Class<?> clientAuth = find(CLIENT_AUTH);
    return has(find(HANDSHAKE), "sslConfig", parameters)
        && has(parameters, "enabledProtocols", List.class)
        && has(parameters, "enabledCipherSuites", List.class)
        && has(parameters, "clientAuthType", clientAuth)
        && has(parameters, "isClientMode", boolean.class)
        && has(find(CONNECTION), "isNegotiated", boolean.class)
        && has(find(CONNECTION), "transport", find(TRANSPORT))
        && has(clientAuth, "CLIENT_AUTH_REQUESTED", clientAuth)
        && has(clientAuth, "CLIENT_AUTH_REQUIRED", clientAuth);
  }

  /** Returns whether named groups belong to a connection, which is so since Java 20. */
  static boolean hasGroups() throws ClassNotFoundException {
    return has(find(PARAMETERS), "namedGroups", String[].class);
  }

  /** Returns whether a context tells its key manager to its package. */
  static boolean hasKeyManager() throws ClassNotFoundException {
    try {
      Method method = find(CONTEXT).getDeclaredMethod(KEY_MANAGER);
      return method.getReturnType() == find(KEY_MANAGER_TYPE)
          && (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static boolean has(Class<?> type, String field, Class<?> of) {
    try {
      return type.getDeclaredField(field).getType() == of;
    } catch (NoSuchFieldException e) {
      return false;
    }
  }

  /** Returns a class of the JDK by its internal name, without initialising it. */
  static Class<?> find(String type) throws ClassNotFoundException {
    return Class.forName(type.replace('/', '.'), false, null);
  }
}
