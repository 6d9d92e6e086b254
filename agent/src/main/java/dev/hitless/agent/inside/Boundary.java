package dev.hitless.agent.inside;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a failure of hitless ends, so that the application never meets it: what the
 * application does goes on with what it had, and one line a kind of failure says so.
 *
 * <p>It writes to the standard error stream itself: what the logging needs may be what is missing.
 * Thread-safe.
 */
final class Boundary
    implements BiFunction<Object, Object[], Object>, Thread.UncaughtExceptionHandler {
  private static final int RESULT = 3;

  private final BiFunction<Object, Object[], Object> handler;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  Boundary(BiFunction<Object, Object[], Object> handler) {
    this.handler = handler;
  }

  @Override
  public @Nullable Object apply(Object hook, @Nullable Object[] given) {
    try {
      return handler.apply(hook, given);
    } catch (Throwable t) {
      failed("could not follow what the application does with TLS", t);
      return given[RESULT];
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    failed("stopped following the files", cause);
  }

  /** A class could not be given its hooks. */
  void notHooked(Throwable cause) {
    failed("could not put a hook into a class of the JDK", cause);
  }

  /** A policy could not be laid over the parameters of a handshake. */
  void notPoliced(Throwable cause) {
    failed("could not lay the policy over a handshake, which went on without it", cause);
  }

  private void failed(String what, Throwable cause) {
    if (!said.add(what)) {
      return;
    }
    try {
      System.err.println(
          "hitless WARN: "
              + what
              + "; the application runs on with the certificates it has loaded. If the agent's jar"
              + " is damaged, replace it and restart. Cause: "
              + cause);
    } catch (Throwable ignored) {
      // The application's own stream failed; nothing is left to tell it to.
    }
  }
}
