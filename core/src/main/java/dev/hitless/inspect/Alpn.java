package dev.hitless.inspect;

import java.lang.reflect.Method;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Application protocols (RFC 7301), which Java 8 has since update 252 only. */
final class Alpn {
  private Alpn() {}

  /** Offers protocols, if this JDK can. */
  static void offer(SSLParameters parameters, String... protocols) {
    try {
      Method set = SSLParameters.class.getMethod("setApplicationProtocols", String[].class);
      set.invoke(parameters, (Object) protocols);
    } catch (ReflectiveOperationException e) {
      // Nothing is offered, and nothing will have been chosen.
    }
  }

  /** Returns what the server chose, or null. */
  static @Nullable String chosen(SSLSocket socket) {
    try {
      Object chosen = SSLSocket.class.getMethod("getApplicationProtocol").invoke(socket);
      return chosen == null || chosen.equals("") ? null : (String) chosen;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
