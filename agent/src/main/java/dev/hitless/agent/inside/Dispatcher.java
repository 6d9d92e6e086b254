package dev.hitless.agent.inside;

import dev.hitless.Rotation;
import dev.hitless.config.Settings;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.TrustInterceptor;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.KeyStore;
import java.security.PrivilegedAction;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.management.MBeanServer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The bridge's other end: hands what woven code tells to the core, which is not loaded before the
 * first of these calls.
 *
 * <p>{@link #apply} runs on application threads, {@link #run} is the body of the hitless thread.
 * Thread-safe. What is thrown here ends at the {@link Boundary}, and the application goes on with
 * what it had.
 */
final class Dispatcher implements BiFunction<Object, Object[], Object>, Runnable {
  /** What a handshake runs through: it must not fail, whatever has become of the jar by then. */
  private static final String ON_HANDSHAKES = "dev.hitless.serve";

  private static final long LET_START_MILLIS = 250;
  private static final Map<Object, Hook> HOOKS = new HashMap<>();

  static {
    for (Hook hook : Hook.values()) {
      HOOKS.put(hook.name(), hook);
    }
  }

  private final @Nullable String arguments;
  private final Consumer<String> preloading;
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final ApplicationHooks application = new ApplicationHooks(this);
  private volatile @Nullable OpenedFiles opened;
  private volatile @Nullable Thread thread;
  private volatile @Nullable ThreadGroup group;
  private volatile @Nullable Rotation rotation;
  private volatile boolean tlsExpected;
  private volatile @Nullable Instrumentation instrumentation;
  private volatile @Nullable Boundary boundary;

  Dispatcher(@Nullable String arguments, Consumer<String> preloading) {
    this.arguments = arguments;
    this.preloading = preloading;
  }

  /** Is told what {@code HitlessBridge.connect} was given and returned. */
  void connected(Object[] ring, Thread thread, ThreadGroup group) {
    this.opened = new OpenedFiles(ring);
    this.thread = thread;
    this.group = group;
  }

  /** Gives what it takes to weave hooks that most JVMs never need. */
  void weavingLater(Instrumentation instrumentation, Boundary boundary) {
    this.instrumentation = instrumentation;
    this.boundary = boundary;
  }

  /** TLS is about to be used: has the hitless thread load what that will need meanwhile. */
  void expectTls() {
    if (!tlsExpected) {
      tlsExpected = true;
      LockSupport.unpark(thread);
    }
  }

  NativeTls nativeTls() {
    return application.nativeTls();
  }

  /** Has a line logged that a person should read; may be called while a class is being loaded. */
  void tell(String message) {
    Rotation known = rotation;
    if (known != null) {
      known.tell(message);
    } else {
      told.add(message);
    }
    LockSupport.unpark(thread);
  }

  @Override
  public @Nullable Object apply(Object hook, @Nullable Object[] given) {
    if (isOwn(Thread.currentThread())) {
      return given[3]; // what hitless does for itself goes on as if nothing was woven
    }
    Object self = given[0];
    Object a = given[1];
    Object b = given[2];
    Object result = given[3];
    Hook known = HOOKS.get(hook);
    if (known == null) {
      return application.on(String.valueOf(hook), self, a, b, result);
    }
    switch (known) {
      case KEY_STORE_LOAD:
        keyStoreLoaded(self, b);
        return result;
      case KEY_STORE_LOAD_PARAMETER:
        keyStoreLoaded(self, password(a));
        return result;
      case PASSWORD:
        rotation().password((char[]) a);
        return result;
      case FACTORY_INIT_STORE:
      case FACTORY_INIT_PARAMETERS:
        factoryInit(self, a, b);
        return result;
      case FACTORY_KEY_MANAGERS:
        return keyManagers(self, result);
      case CONTEXT_INIT:
        return contextInit(self, a);
      case TRUST_INIT_STORE:
      case TRUST_INIT_PARAMETERS:
        trustInit(self, a, hook);
        return result;
      case TRUST_MANAGERS:
      case CONTEXT_INIT_TRUST:
        return trustManagers(self, result);
      case CONTEXT_DEFAULT:
        if (result instanceof SSLContext) {
          rotation().interceptor().contextDefault((SSLContext) result);
        }
        return result;
      case MBEAN_SERVER:
        if (result instanceof MBeanServer) {
          rotation().mbeanServer((MBeanServer) result);
        }
        return result;
      default:
        return result;
    }
  }

  private boolean isOwn(Thread current) {
    Rotation known = rotation;
    return current == thread
        ? known == null || !known.interceptor().foreignCode().isEntered()
        : current.getThreadGroup() == group;
  }

  private void keyStoreLoaded(@Nullable Object store, @Nullable Object password) {
    if (store instanceof KeyStore) {
      rotation().keyStoreLoaded((KeyStore) store, (char[]) password);
    }
  }

  private static @Nullable Object password(@Nullable Object parameter) {
    KeyStore.ProtectionParameter protection =
        parameter instanceof KeyStore.LoadStoreParameter
            ? ((KeyStore.LoadStoreParameter) parameter).getProtectionParameter()
            : null;
    return protection instanceof KeyStore.PasswordProtection
        ? ((KeyStore.PasswordProtection) protection).getPassword()
        : null;
  }

  private void factoryInit(
      @Nullable Object factory, @Nullable Object from, @Nullable Object password) {
    if (!(factory instanceof KeyManagerFactory)) {
      return;
    }
    Interceptor interceptor = rotation().interceptor();
    if (from instanceof KeyStore) {
      interceptor.factoryInit((KeyManagerFactory) factory, (KeyStore) from, (char[]) password);
      rotation().password((char[]) password);
    } else if (from instanceof ManagerFactoryParameters) {
      interceptor.factoryInit((KeyManagerFactory) factory, (ManagerFactoryParameters) from);
    }
  }

  private @Nullable Object keyManagers(@Nullable Object factory, @Nullable Object made) {
    return factory instanceof KeyManagerFactory && made instanceof KeyManager[]
        ? woken(
            rotation().interceptor().keyManagers((KeyManagerFactory) factory, (KeyManager[]) made),
            made)
        : made;
  }

  private @Nullable Object contextInit(@Nullable Object context, @Nullable Object given) {
    return context instanceof SSLContext && given instanceof KeyManager[]
        ? woken(
            rotation().interceptor().contextInit((SSLContext) context, (KeyManager[]) given), given)
        : given;
  }

  private void trustInit(@Nullable Object factory, @Nullable Object from, Object hook) {
    TrustInterceptor interceptor = rotation().trustInterceptor();
    if (!(factory instanceof TrustManagerFactory) || interceptor == null) {
      return;
    }
    TrustManagerFactory known = (TrustManagerFactory) factory;
    if (from instanceof KeyStore || Hook.TRUST_INIT_STORE.name().equals(hook)) {
      interceptor.factoryInit(known, (KeyStore) from);
    } else {
      interceptor.factoryInit(known, (ManagerFactoryParameters) from);
    }
  }

  private @Nullable Object trustManagers(@Nullable Object self, @Nullable Object given) {
    TrustInterceptor interceptor = rotation().trustInterceptor();
    if (interceptor == null) {
      if (self instanceof SSLContext) {
        rotation().interceptor().note((SSLContext) self);
      }
      return given;
    }
    TrustManager[] managers = (TrustManager[]) given;
    if (self instanceof TrustManagerFactory) {
      return woken(interceptor.trustManagers((TrustManagerFactory) self, managers), given);
    }
    return self instanceof SSLContext
        ? interceptor.contextInit((SSLContext) self, managers)
        : given;
  }

  /** Wakes the thread when something of the application's was replaced by ours. */
  private @Nullable Object woken(@Nullable Object now, @Nullable Object before) {
    if (now != before || rotation().isNeeded()) {
      LockSupport.unpark(thread);
    }
    return now;
  }

  /** Returns hitless, loaded now if it was not before. */
  Rotation rotation() {
    Rotation known = rotation;
    if (known == null) {
      synchronized (this) {
        known = rotation;
        if (known == null) {
          preloading.accept(ON_HANDSHAKES);
          known =
              new Rotation(
                  settings(),
                  Objects.requireNonNull(opened),
                  new HookStates(),
                  WovenSessions.of(
                      Objects.requireNonNull(instrumentation), Objects.requireNonNull(boundary)),
                  WovenPolicy.of(
                      Objects.requireNonNull(instrumentation),
                      Objects.requireNonNull(boundary),
                      preloading),
                  group);
          rotation = known;
        }
      }
    }
    return known;
  }

  /** Read with our own permissions: the application's code may be on the stack. */
  private Settings settings() {
    return AccessController.doPrivileged(new ReadSettings(arguments));
  }

  /** A class and no lambda: it runs while a program starts, which may use no lambda itself. */
  private static final class ReadSettings implements PrivilegedAction<Settings> {
    private final @Nullable String arguments;

    ReadSettings(@Nullable String arguments) {
      this.arguments = arguments;
    }

    @Override
    public Settings run() {
      return Settings.read(arguments, System.getProperties());
    }
  }

  @Override
  public void run() {
    Rotation needed = rotation;
    boolean prepared = false;
    while (needed == null || !needed.isNeeded()) {
      if (needed == null && tlsExpected && !prepared) {
        prepared = true;
        prepare();
      } else if (told.isEmpty()) {
        LockSupport.park(this);
      }
      needed = told.isEmpty() ? rotation : rotation();
      for (String message = told.poll(); message != null; message = told.poll()) {
        rotation().tell(message);
      }
    }
    letStart();
    needed.run();
  }

  /**
   * Leaves the CPUs to the application, which is in the middle of setting up its TLS: nothing of
   * what comes next hurries, since a file that changes meanwhile is found changed.
   */
  private void letStart() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LET_START_MILLIS);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  /** What fails here fails again when the application needs it, and is told of then. */
  private void prepare() {
    try {
      rotation();
    } catch (RuntimeException | LinkageError e) {
      return;
    }
  }
}
