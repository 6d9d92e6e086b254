package dev.hitless.agent.inside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Puts the bridge where JDK classes see it.
 *
 * <p>On Java 9 and newer it is defined inside java.base, which leaves the bootstrap class path, and
 * with it class-data sharing, alone; on Java 8 by {@code sun.misc.Unsafe}.
 */
final class BridgeDefiner {
  private static final String NAME = "java.lang.HitlessBridge";
  private static final String RESOURCE = "java/lang/HitlessBridge.bin";

  private BridgeDefiner() {}

  static Class<?> define(Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException {
    byte[] bytes = bytes();
    Method getModule;
    try {
      getModule = Class.class.getMethod("getModule");
    } catch (NoSuchMethodException e) {
      return defineBeforeModules(bytes);
    }
    Object base = getModule.invoke(Object.class);
    Object own = getModule.invoke(BridgeDefiner.class);
    Map<String, Set<Object>> opens = new HashMap<>();
    opens.put("java.lang", Collections.singleton(own));
    for (Method method : Instrumentation.class.getMethods()) {
      if (method.getName().equals("redefineModule")) {
        method.invoke(
            instrumentation,
            base,
            Collections.emptySet(),
            Collections.emptyMap(),
            opens,
            Collections.emptySet(),
            Collections.emptyMap());
      }
    }
    Object lookup =
        MethodHandles.class
            .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
            .invoke(null, Object.class, MethodHandles.lookup());
    return (Class<?>)
        MethodHandles.Lookup.class
            .getMethod("defineClass", byte[].class)
            .invoke(lookup, (Object) bytes);
  }

  private static Class<?> defineBeforeModules(byte[] bytes) throws ReflectiveOperationException {
    Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Object unsafe = field.get(null);
    return (Class<?>)
        unsafe
            .getClass()
            .getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class)
            .invoke(unsafe, NAME.replace('.', '/'), bytes, 0, bytes.length, null, null);
  }

  private static byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = BridgeDefiner.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the bridge is missing from the agent's jar");
      }
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
      }
    }
    return bytes.toByteArray();
  }
}
