package dev.hitless.agent.inside;

import java.lang.instrument.Instrumentation;

/**
 * Weaves the hooks into classes that were loaded before the agent: those that open files, nearly
 * always. Done on the hitless thread, so that a program that never uses TLS does not wait for it.
 */
final class LoadedClasses implements Runnable {
  private final Instrumentation instrumentation;
  private final HookTransformer transformer;

  LoadedClasses(Instrumentation instrumentation, HookTransformer transformer) {
    this.instrumentation = instrumentation;
    this.transformer = transformer;
  }

  @Override
  public void run() {
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (transformer.carriesHooks(type)) {
        transformer.retransform(instrumentation, type);
      }
    }
  }
}
