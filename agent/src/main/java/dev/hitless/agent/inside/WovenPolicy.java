package dev.hitless.agent.inside;

import dev.hitless.policy.PolicyHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the policy hook when the first policy is configured, into the class as it runs.
 *
 * <p>{@link #install} is called on the thread that first uses TLS, or on the hitless thread; {@link
 * #transform} on it or on a thread that has another agent transform the class again. Whatever
 * fails, the class stays as it is. Thread-safe.
 */
final class WovenPolicy implements PolicyHooks, ClassFileTransformer {
  /** What a handshake then runs through: it must not fail, whatever has become of the jar. */
  private static final String ON_HANDSHAKES = "dev.hitless.policy";

  private final Instrumentation instrumentation;
  private final Boundary boundary;
  private final Consumer<String> preloading;
  private boolean tried;

  /** Typed as what core takes, so that whoever calls this loads nothing of core before. */
  static PolicyHooks of(
      Instrumentation instrumentation, Boundary boundary, Consumer<String> preloading) {
    return new WovenPolicy(instrumentation, boundary, preloading);
  }

  private WovenPolicy(
      Instrumentation instrumentation, Boundary boundary, Consumer<String> preloading) {
    this.instrumentation = instrumentation;
    this.boundary = boundary;
    this.preloading = preloading;
  }

  /** With our own permissions: the application's code may be on the stack. */
  @Override
  public synchronized boolean install(UnaryOperator<Object[]> layer) {
    if (!tried) {
      tried = true;
      AccessController.doPrivileged(
          (PrivilegedAction<@Nullable Void>)
              () -> {
                installPrivileged(layer);
                return null;
              });
    }
    return PolicyHook.state == PolicyHook.State.APPLIED;
  }

  private void installPrivileged(UnaryOperator<Object[]> layer) {
    try {
      preloading.accept(ON_HANDSHAKES);
      HitlessBridge.policy(new Guarded(layer, boundary));
      if (PolicyHook.fits()) {
        instrumentation.addTransformer(this, true);
        instrumentation.retransformClasses(PolicyHook.find(PolicyHook.HANDSHAKE));
      }
    } catch (UnmodifiableClassException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError e) {
      PolicyHook.state = PolicyHook.State.FAILED;
      boundary.notHooked(e);
    }
    if (PolicyHook.state == PolicyHook.State.PENDING) {
      PolicyHook.state = PolicyHook.State.FAILED;
    }
  }

  /** What fails in us must not fail a handshake. */
  private static final class Guarded implements UnaryOperator<Object[]> {
    private final UnaryOperator<Object[]> layer;
    private final Boundary boundary;

    Guarded(UnaryOperator<Object[]> layer, Boundary boundary) {
      this.layer = layer;
      this.boundary = boundary;
    }

    @Override
    public Object[] apply(Object[] given) {
      Object[] before = given.clone();
      try {
        return layer.apply(given);
      } catch (Throwable t) {
        boundary.notPoliced(t);
        return before;
      }
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != null || !PolicyHook.HANDSHAKE.equals(name)) {
      return null;
    }
    try {
      return PolicyWeaver.weave(bytes);
    } catch (Throwable t) {
      boundary.notHooked(t);
      return null;
    }
  }
}
