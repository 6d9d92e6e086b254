package dev.hitless.agent.inside;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts the agent: bridge, weaving; nothing else is loaded before TLS is used.
 *
 * <p>Runs on the hitless thread, beside the application's main.
 */
public final class Start implements Function<Object[], Runnable> {
  /** Called once, by name, by {@code dev.hitless.agent.Beginning}, which sees JDK types only. */
  public Start() {}

  /**
   * Starts.
   *
   * @param given the agent's arguments (a String, or null); the Instrumentation; a {@code
   *     Consumer<String>} that loads every class of a package, so that none can fail to load later;
   *     a {@code Consumer<ClassFileTransformer>} that has one weave classes; a Runnable that lets
   *     pass those that wait for it
   * @return what the hitless thread is to do from now on
   */
  @Override
  @SuppressWarnings("unchecked")
  public Runnable apply(Object[] given) {
    Instrumentation instrumentation = (Instrumentation) given[1];
    Dispatcher dispatcher = new Dispatcher((String) given[0], (Consumer<String>) given[2]);
    Boundary boundary = new Boundary(dispatcher);
    Thread thread = Thread.currentThread();
    thread.setUncaughtExceptionHandler(boundary);
    HookTransformer transformer = new HookTransformer(dispatcher, boundary);
    connect(instrumentation, dispatcher, boundary);
    ((Consumer<ClassFileTransformer>) given[3]).accept(transformer);
    LoadedClasses loaded = new LoadedClasses(instrumentation, transformer);
    loaded.weaveFileStreams();
    ((Runnable) given[4]).run();
    loaded.weaveOthers();
    return dispatcher;
  }

  private static void connect(
      Instrumentation instrumentation, Dispatcher dispatcher, Boundary boundary) {
    try {
      BridgeDefiner.define(instrumentation);
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException("the bridge could not be defined: " + e, e);
    }
    Thread thread = Thread.currentThread();
    ThreadGroup group = new ThreadGroup("hitless");
    Object[] opened = HitlessBridge.connect(boundary, new Mending(dispatcher), thread, group);
    if (opened == null) {
      throw new IllegalStateException("another hitless is connected already");
    }
    dispatcher.connected(opened, thread, group);
    dispatcher.weavingLater(instrumentation, boundary);
  }
}
