package java.lang;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * The one class that woven JDK code calls. It is defined inside java.base (Java 9 and newer) or by
 * the bootstrap loader (Java 8), so it uses JDK types only and nothing that is not loaded already.
 *
 * <p>Whatever goes wrong behind it, the woven method goes on with what it had. Thread-safe.
 */
public final class HitlessBridge {
  /** How many opened files are remembered; a power of two. */
  private static final int OPENED = 4096;

  private static final AtomicInteger next = new AtomicInteger();
  private static final AtomicReferenceArray<Object> opened = new AtomicReferenceArray<>(OPENED);

  private static volatile BiFunction<Object, Object[], Object> handler;
  private static volatile Consumer<Object> beforeReading;
  private static volatile Thread own;
  private static volatile ToLongFunction<Object> cutOffs;
  private static volatile ThreadGroup ownGroup;
  private static volatile UnaryOperator<Object[]> policy;

  private HitlessBridge() {}

  /**
   * Connects the bridge, once in the life of the JVM.
   *
   * @param newHandler is given the hook's name and {self, a, b, result}, returns the result to use
   * @param newBeforeReading is given each File or Path before it is opened; may block
   * @param newOwn the hitless thread
   * @param newOwnGroup of the threads it starts; what any of them opens is neither told nor
   *     remembered
   * @return {opened files, each with its time as {File or Path, Long of milliseconds}; the next
   *     index}, or null if the bridge is connected already
   */
  public static synchronized Object[] connect(
      BiFunction<Object, Object[], Object> newHandler,
      Consumer<Object> newBeforeReading,
      Thread newOwn,
      ThreadGroup newOwnGroup) {
    if (handler != null) {
      return null;
    }
    own = newOwn;
    ownGroup = newOwnGroup;
    beforeReading = newBeforeReading;
    handler = newHandler;
    return new Object[] {opened, next};
  }

  /** A file is being opened: {@code java.io.File} or {@code java.nio.file.Path}. */
  public static void opened(Object file) {
    Thread thread = Thread.currentThread();
    if (file == null || thread == own || thread.getThreadGroup() == ownGroup) {
      return;
    }
    Consumer<Object> before = beforeReading;
    if (before == null) {
      return;
    }
    try {
      before.accept(file);
    } catch (Throwable t) {
      // The application opens the file as it is.
    }
    int index = next.getAndIncrement() & (OPENED - 1);
    opened.set(index, new Object[] {file, System.currentTimeMillis()});
  }

  /** A hook fires; returns the result to use, which is the given one if anything goes wrong. */
  public static Object on(Object result, String hook, Object self, Object a, Object b) {
    BiFunction<Object, Object[], Object> current = handler;
    if (current == null) {
      return result;
    }
    try {
      return current.apply(hook, new Object[] {self, a, b, result});
    } catch (Throwable t) {
      return result;
    }
  }

  /**
   * A hook that lets an argument be replaced fires; an argument of null stays so without further
   * ado, since contexts without a key are made by the thousand.
   */
  public static Object given(Object argument, String hook, Object self, Object a, Object b) {
    return argument == null ? null : on(argument, hook, self, a, b);
  }

  /**
   * Has the resumption of sessions look at cut-offs from now on.
   *
   * @param newCutOffs gives the cut-off of a session context in milliseconds; the latest for null
   */
  public static void sessions(ToLongFunction<Object> newCutOffs) {
    cutOffs = newCutOffs;
  }

  /** Returns the session that was found, or null if it is older than its context's cut-off. */
  public static Object resumable(Object session, Object context) {
    return session != null
            && isCutOff(false, context, ((javax.net.ssl.SSLSession) session).getCreationTime())
        ? null
        : session;
  }

  /** Returns whether a session must not be resumed, by its context's cut-off or before. */
  public static boolean isCutOff(boolean already, Object context, long made) {
    ToLongFunction<Object> current = cutOffs;
    if (already || current == null || context == null) {
      return already;
    }
    try {
      return made <= current.applyAsLong(context);
    } catch (Throwable t) {
      return false;
    }
  }

  /** Returns the time to date a new session by: after all cut-offs, whatever the clock says. */
  public static long made(long millis) {
    ToLongFunction<Object> current = cutOffs;
    if (current == null) {
      return millis;
    }
    try {
      return Math.max(millis, current.applyAsLong(null) + 1);
    } catch (Throwable t) {
      return millis;
    }
  }

  /**
   * Has handshakes keep to a policy from now on.
   *
   * @param newPolicy changes the parameters of a server's handshake, and returns them
   */
  public static void policy(UnaryOperator<Object[]> newPolicy) {
    policy = newPolicy;
  }

  /**
   * A handshake begins: returns the parameters to use. Those of clients stay as they are, and those
   * of an open connection that shakes hands again; hitless itself looks at a server unhindered.
   */
  public static Object[] policed(Object[] given, boolean client, boolean open) {
    UnaryOperator<Object[]> current = policy;
    if (current == null || client || open || Thread.currentThread() == own) {
      return given;
    }
    return current.apply(given);
  }
}
