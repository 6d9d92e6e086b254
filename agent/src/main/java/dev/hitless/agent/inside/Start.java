package dev.hitless.agent.inside;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the agent: bridge, thread, transformer; nothing else is loaded before TLS is used. */
public final class Start {
  private Start() {}

  /**
   * Called once by {@link dev.hitless.agent.Launch}.
   *
   * @param arguments the agent's arguments, or null
   * @param preloading loads every class of a package, so that none can fail to load later
   */
  public static void start(
      @Nullable String arguments, Instrumentation instrumentation, Consumer<String> preloading)
      throws ReflectiveOperationException, IOException {
    Class<?> bridge = BridgeDefiner.define(instrumentation);
    Dispatcher dispatcher = new Dispatcher(arguments, preloading);
    Boundary boundary = new Boundary(dispatcher);
    HookTransformer transformer = new HookTransformer(dispatcher, boundary);
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
    dispatcher.first(new LoadedClasses(instrumentation, transformer));
    thread.start();
  }
}
