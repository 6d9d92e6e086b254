package dev.hitless.agent.inside;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Starts the agent: bridge, thread, transformer; nothing else is loaded before TLS is used. */
public final class Start {
  private Start() {}

  /**
   * Called once by {@link dev.hitless.agent.Launch}.
   *
   * @param arguments the agent's arguments, or null
   * @param jar the agent's jar
   */
  public static void start(@Nullable String arguments, Instrumentation instrumentation, File jar)
      throws ReflectiveOperationException, IOException {
    Class<?> bridge = BridgeDefiner.define(instrumentation);
    Dispatcher dispatcher = new Dispatcher(arguments);
    Boundary boundary = new Boundary(dispatcher);
    HookTransformer transformer = new HookTransformer(dispatcher::tell, boundary);
    Thread thread = new Thread(null, dispatcher, "hitless", 0);
    thread.setDaemon(true);
    thread.setContextClassLoader(Start.class.getClassLoader());
    thread.setUncaughtExceptionHandler(boundary);
    Object[] opened =
        (Object[])
            bridge
                .getMethod("connect", BiFunction.class, Thread.class)
                .invoke(null, boundary, thread);
    if (opened == null) {
      throw new IllegalStateException("another hitless is connected already");
    }
    dispatcher.openedFiles(opened, thread);
    instrumentation.addTransformer(transformer, true);
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (transformer.carriesHooks(type)) {
        transformer.retransform(instrumentation, type);
      }
    }
    thread.start();
  }
}
