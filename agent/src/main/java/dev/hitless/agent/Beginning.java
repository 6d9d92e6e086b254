package dev.hitless.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that the hitless thread does: it wakes what lies inside, beside the application's
 * main thread, and then goes on as what it was given there.
 *
 * <p>Whatever fails, the classes that waited pass as they are.
 */
final class Beginning implements Runnable {
  static final String START = "dev.hitless.agent.inside.Start";

  private final @Nullable String arguments;
  private final Instrumentation instrumentation;
  private final InsideLoader inside;
  private final Threshold threshold;

  Beginning(
      @Nullable String arguments,
      Instrumentation instrumentation,
      InsideLoader inside,
      Threshold threshold) {
    this.arguments = arguments;
    this.instrumentation = instrumentation;
    this.inside = inside;
    this.threshold = threshold;
  }

  @Override
  public void run() {
    Runnable rest;
    try {
      Thread.currentThread().setContextClassLoader(inside);
      rest = started();
    } catch (Throwable t) {
      if (!isJvmEnding()) {
        instrumentation.removeTransformer(threshold);
        HitlessAgent.standsAside(t);
      }
      return;
    } finally {
      threshold.woven();
    }
    rest.run();
  }

  /** An instance is all that reflection makes here: since Java 18 a call costs far more. */
  @SuppressWarnings("unchecked")
  private Runnable started() throws ReflectiveOperationException {
    Function<Object[], Runnable> start =
        (Function<Object[], Runnable>)
            inside
                .loadClass(START)
                .asSubclass(Function.class)
                .getDeclaredConstructor()
                .newInstance();
    return start.apply(
        new Object[] {
          arguments,
          instrumentation,
          inside.preloading(),
          new Weaving(threshold),
          new Opening(threshold)
        });
  }

  /**
   * Returns whether the application has ended already, as short programs do: then instrumentation
   * fails with errors that mean nothing, and some of its calls print their own.
   */
  private static boolean isJvmEnding() {
    Thread hook = new Thread();
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** A class and no lambda: it runs while a program starts, which may use no lambda itself. */
  private static final class Weaving implements Consumer<ClassFileTransformer> {
    private final Threshold threshold;

    Weaving(Threshold threshold) {
      this.threshold = threshold;
    }

    @Override
    public void accept(ClassFileTransformer transformer) {
      threshold.weaving(transformer);
    }
  }

  /** The same. */
  private static final class Opening implements Runnable {
    private final Threshold threshold;

    Opening(Threshold threshold) {
      this.threshold = threshold;
    }

    @Override
    public void run() {
      threshold.open();
    }
  }
}
