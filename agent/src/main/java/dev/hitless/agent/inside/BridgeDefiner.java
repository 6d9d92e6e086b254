package dev.hitless.agent.inside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.function.BiConsumer;

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

  static void define(Instrumentation instrumentation)
      throws ReflectiveOperationException, IOException {
    byte[] bytes = bytes();
    if (System.getProperty("java.specification.version", "").startsWith("1.")) {
      defineBeforeModules(bytes);
    } else {
      modularBridge().accept(instrumentation, bytes);
    }
  }

  @SuppressWarnings("unchecked")
  private static BiConsumer<Instrumentation, byte[]> modularBridge()
      throws ReflectiveOperationException {
    return (BiConsumer<Instrumentation, byte[]>)
        Class.forName("dev.hitless.agent.inside.ModularBridge")
            .asSubclass(BiConsumer.class)
            .getDeclaredConstructor()
            .newInstance();
  }

  private static void defineBeforeModules(byte[] bytes) throws ReflectiveOperationException {
    Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Object unsafe = field.get(null);
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
