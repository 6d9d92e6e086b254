package dev.hitless.agent.inside;

import dev.hitless.session.SessionHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the session hooks when the first cut-off needs them, into the two classes as they run.
 *
 * <p>{@link #install} is called on the hitless thread; {@link #transform} on it or on a thread that
 * has another agent transform these classes again. Whatever fails, the classes stay as they are.
 */
final class WovenSessions implements SessionHooks, ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final Boundary boundary;
  private boolean woven;

  /** Typed as what core takes, so that whoever calls this loads nothing of core before. */
  static SessionHooks of(Instrumentation instrumentation, Boundary boundary) {
    return new WovenSessions(instrumentation, boundary);
  }

  private WovenSessions(Instrumentation instrumentation, Boundary boundary) {
    this.instrumentation = instrumentation;
    this.boundary = boundary;
  }

  @Override
  public boolean install(ToLongFunction<@Nullable Object> cutOffs) {
    if (!woven) {
      woven = true;
      try {
        HitlessBridge.sessions(cutOffs);
        weave();
      } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
        boundary.notHooked(e);
      } finally {
        for (SessionHook hook : SessionHook.values()) {
          if (hook.state == SessionHook.State.PENDING) {
            hook.state = hook.isNeeded() ? SessionHook.State.FAILED : SessionHook.State.NOT_NEEDED;
          }
        }
      }
    }
    boolean all = true;
    for (SessionHook hook : SessionHook.values()) {
      all &= hook.state != SessionHook.State.FAILED;
    }
    return all;
  }

  private void weave() throws UnmodifiableClassException {
    Class<?> context = SessionHook.find(SessionHook.Names.CONTEXT);
    Class<?> session = SessionHook.find(SessionHook.Names.SESSION);
    if (context == null || session == null) {
      return;
    }
    instrumentation.addTransformer(this, true);
    try {
      instrumentation.retransformClasses(context, session);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      for (SessionHook hook : SessionHook.values()) {
        hook.state = SessionHook.State.FAILED;
      }
      throw e;
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != null || name == null || !carriesHooks(name)) {
      return null;
    }
    try {
      return SessionWeaver.weave(name, bytes);
    } catch (Throwable t) {
      boundary.notHooked(t);
      return null;
    }
  }

  private static boolean carriesHooks(String type) {
    return type.equals(SessionHook.Names.CONTEXT) || type.equals(SessionHook.Names.SESSION);
  }
}
