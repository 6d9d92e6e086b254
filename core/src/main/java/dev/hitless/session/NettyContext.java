package dev.hitless.session;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * One OpenSSL context of Netty, held weakly: ends its sessions, and has it looked at, by public
 * methods of Netty, which are found by reflection because the application alone knows its Netty.
 *
 * <p>Equal to itself only. Used on the hitless thread.
 */
final class NettyContext extends WeakReference<Object> {
  /** {@code SSL_MAX_SID_CTX_LENGTH}. */
  private static final int ID_CONTEXT_BYTES = 32;

  private static final String[] TICKET_COUNTS = {
    "ticketKeyNew", "ticketKeyRenew", "ticketKeyResume", "ticketKeyFail"
  };

  private boolean client;

  NettyContext(Object context, ReferenceQueue<Object> freed) {
    super(context, freed);
  }

  /**
   * Ends all sessions that there are.
   *
   * @return whether the application still uses the context
   */
  boolean end() throws ReflectiveOperationException {
    Object context = get();
    if (context == null || !retained(context)) {
      return false;
    }
    try {
      Object sessions = call(context, "sessionContext");
      if (sessions != null) { // else it is being made, and nobody has a session yet
        client = Boolean.TRUE.equals(call(context, "isClient"));
        if (!client) {
          endAsServer(sessions);
        }
        Sweep.of((SSLSessionContext) sessions, Long.MAX_VALUE);
      }
    } finally {
      call(context, "release");
    }
    return true;
  }

  /**
   * Has a context of a server looked at.
   *
   * @param look is given the context, and what makes engines of it; these are freed after it
   */
  void look(BiConsumer<Object, Supplier<SSLEngine>> look) throws ReflectiveOperationException {
    Object context = get();
    if (context == null || !retained(context)) {
      return;
    }
    try {
      if (call(context, "sessionContext") != null
          && Boolean.FALSE.equals(call(context, "isClient"))) {
        look(context, look);
      }
    } finally {
      call(context, "release");
    }
  }

  private static void look(Object context, BiConsumer<Object, Supplier<SSLEngine>> look)
      throws ReflectiveOperationException {
    List<SSLEngine> made = new ArrayList<>();
    try {
      look.accept(context, () -> newEngine(context, made));
    } finally {
      for (SSLEngine each : made) {
        call(each, "release");
      }
    }
  }

  private static SSLEngine newEngine(Object context, List<SSLEngine> made) {
    try {
      for (Method method : context.getClass().getMethods()) {
        if (method.getName().equals("newEngine") && method.getParameterCount() == 1) {
          Object allocator = method.getParameterTypes()[0].getField("DEFAULT").get(null);
          SSLEngine engine = (SSLEngine) method.invoke(context, allocator);
          made.add(engine);
          return engine;
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException(context.getClass() + " makes no engines");
  }

  /** Returns whether it was found to be one of a client. */
  boolean isClient() {
    return client;
  }

  /** Its native memory is freed with the last reference that is counted. */
  private static boolean retained(Object context) throws ReflectiveOperationException {
    try {
      call(context, "retain");
      return true;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalStateException) {
        return false; // freed already
      }
      throw e;
    }
  }

  /**
   * OpenSSL resumes a session, whether an id or a ticket stands for it, only in the session id
   * context that it was made in, and a connection has that of when it was accepted. So sessions of
   * handshakes on their way end too; and other ticket keys end those that a connection which was
   * accepted before could still resume.
   */
  private static void endAsServer(Object sessions) throws ReflectiveOperationException {
    SecureRandom random = new SecureRandom();
    Object set =
        call(sessions, "setSessionIdContext", byte[].class, random(random, ID_CONTEXT_BYTES));
    if (!Boolean.TRUE.equals(set)) {
      throw new IllegalStateException("OpenSSL takes no other session id context");
    }
    if (hasTicketKeys(sessions)) {
      Object keys = ticketKeys(sessions, random);
      call(sessions, "setTicketKeys", keys.getClass(), keys);
    }
  }

  /**
   * Returns whether tickets were made or met with keys that the application has set. To set some
   * turns tickets on, which is not for hitless to do, and ends OpenSSL's own changing of keys.
   */
  private static boolean hasTicketKeys(Object sessions) throws ReflectiveOperationException {
    Object stats = call(sessions, "stats");
    for (String count : TICKET_COUNTS) {
      Object counted = stats == null ? null : call(stats, count);
      if (counted instanceof Long && (Long) counted > 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns an array of one new {@code OpenSslSessionTicketKey}. */
  private static Object ticketKeys(Object sessions, SecureRandom random)
      throws ReflectiveOperationException {
    Class<?> context = sessions.getClass();
    String packageName = context.getName().substring(0, context.getName().lastIndexOf('.') + 1);
    Class<?> type =
        Class.forName(packageName + "OpenSslSessionTicketKey", true, context.getClassLoader());
    Object keys = Array.newInstance(type, 1);
    Array.set(
        keys,
        0,
        type.getConstructor(byte[].class, byte[].class, byte[].class)
            .newInstance(
                random(random, type.getField("NAME_SIZE").getInt(null)),
                random(random, type.getField("HMAC_KEY_SIZE").getInt(null)),
                random(random, type.getField("AES_KEY_SIZE").getInt(null))));
    return keys;
  }

  private static byte[] random(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static @Nullable Object call(Object on, String method)
      throws ReflectiveOperationException {
    return on.getClass().getMethod(method).invoke(on);
  }

  private static @Nullable Object call(Object on, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    return on.getClass().getMethod(method, type).invoke(on, argument);
  }

  @Override
  public String toString() {
    Object context = get();
    return context == null ? "no longer in use" : context.getClass().getName();
  }
}
