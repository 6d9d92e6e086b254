package dev.hitless.agent.inside;

import java.io.FileInputStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into classes that were loaded before the agent: those that open files, nearly
 * always. Done on the hitless thread, so that a program that never uses TLS does not wait for it.
 */
final class LoadedClasses {
  private final Instrumentation instrumentation;
  private final HookTransformer transformer;

  LoadedClasses(Instrumentation instrumentation, HookTransformer transformer) {
    this.instrumentation = instrumentation;
    this.transformer = transformer;
  }

  /** Those first: what opens the file of a key should be woven before anything uses it. */
  void weaveFileStreams() {
    transformer.retransform(instrumentation, FileInputStream.class);
  }

  /** Does nothing in a JVM that is ending meanwhile. */
  void weaveOthers() {
    Class<?>[] all = loaded();
    if (all == null) {
      return;
    }
    for (Class<?> type : all) {
      if (type != FileInputStream.class && transformer.carriesHooks(type)) {
        transformer.retransform(instrumentation, type);
      }
    }
  }

  /** The JDK's documentation knows no null, its code answers with it once the JVM is ending. */
  private Class<?> @Nullable [] loaded() {
    return instrumentation.getAllLoadedClasses();
  }
}
