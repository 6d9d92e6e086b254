package dev.hitless.agent.inside;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Defines a class in {@code java.lang}, inside java.base. For Java 9 and newer, and the one class
 * that is compiled for those: the same by reflection costs a start of Java 25 a tenth of a second.
 */
public final class ModularBridge implements BiConsumer<Instrumentation, byte[]> {
  /** Called by {@link BridgeDefiner}, by name, where there are modules. */
  public ModularBridge() {}

  @Override
  public void accept(Instrumentation instrumentation, byte[] bytes) {
    Set<Module> own = Collections.singleton(ModularBridge.class.getModule());
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.emptySet(),
        Collections.emptyMap(),
        Map.of("java.lang", own),
        Collections.emptySet(),
        Collections.emptyMap());
    try {
      MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("java.lang stayed closed", e);
    }
  }
}
