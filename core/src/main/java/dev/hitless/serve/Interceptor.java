package dev.hitless.serve;

import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Puts rotating key managers in the place of those that the application makes.
 *
 * <p>Called on application threads from inside {@link KeyManagerFactory} and {@link SSLContext};
 * does no I/O, takes no lock, and leaves alone what it does not understand. Thread-safe.
 */
public final class Interceptor {
  /**
   * The key managers of PostgreSQL's driver. It makes one for each connection, which reads the
   * files at the first question, prompts for a password if need be, and fails the connection if
   * either goes wrong, even if the server never asks for a certificate: so nobody else is to ask.
   */
  private static final String READS_ANEW = "org.postgresql.ssl.";

  private final Pins pins = new Pins();
  private final ForeignCode foreignCode = new ForeignCode();
  private final WeakIdentityMap<KeyManagerFactory, Init> inits = new WeakIdentityMap<>();
  private final KnownContexts contexts = new KnownContexts();
  private final List<WeakReference<SSLContext>> defaults = new CopyOnWriteArrayList<>();
  private final Listener listener;
  private final NettyKeys nettyKeys;
  private volatile @Nullable Boolean fips;

  /**
   * Creates an interceptor.
   *
   * @param listener is told of each manager that is made, on application threads
   */
  public Interceptor(Listener listener) {
    this.listener = listener;
    this.nettyKeys = new NettyKeys(listener);
  }

  /** Is told on application threads, so it must only hand on what it is given. */
  public interface Listener {
    /** A manager is new, or answered with a leaf not seen before. */
    void found(RotatingKeyManager manager);

    /** A key manager is not replaced, or not asked; to be said once. */
    default void standsAside(String why) {}
  }

  /** What a factory was initialised with. */
  private static final class Init {
    final @Nullable KeyStore store;
    final @Nullable KeyStoreBuilderParameters parameters;
    final char @Nullable [] password;

    Init(
        @Nullable KeyStore store,
        @Nullable KeyStoreBuilderParameters parameters,
        char @Nullable [] password) {
      this.store = store;
      this.parameters = parameters;
      this.password = password == null ? null : password.clone();
    }
  }

  /** Returns what answers where Netty's OpenSSL would use its copies of keys. */
  public NettyKeys nettyKeys() {
    return nettyKeys;
  }

  /** A factory was initialised with a KeyStore. */
  public void factoryInit(
      KeyManagerFactory factory, @Nullable KeyStore store, char @Nullable [] password) {
    if (store != null) {
      inits.put(factory, new Init(store, null, password));
    }
  }

  /** A factory was initialised with parameters. */
  public void factoryInit(KeyManagerFactory factory, @Nullable ManagerFactoryParameters given) {
    if (given instanceof KeyStoreBuilderParameters) {
      inits.put(factory, new Init(null, (KeyStoreBuilderParameters) given, null));
    }
  }

  /** Returns what a factory should return instead of the key managers it made. */
  public KeyManager @Nullable [] keyManagers(
      KeyManagerFactory factory, KeyManager @Nullable [] made) {
    int index = firstX509(made);
    Init init = inits.get(factory);
    if (made == null || index < 0 || init == null || !ownFactory(factory) || standsAside()) {
      return made;
    }
    X509KeyManager manager = (X509KeyManager) made[index];
    if (manager instanceof RotatingKeyManager || !mayHoldKeys(init)) {
      return made;
    }
    RotatingKeyManager rotating = new RotatingKeyManager(source(factory, init, manager), pins);
    listener.found(rotating);
    return replaced(made, index, rotating);
  }

  /** A subclass is the application's own, and its inner factory comes by here anyway. */
  private static boolean ownFactory(KeyManagerFactory factory) {
    return factory.getClass() == KeyManagerFactory.class && factory.getProvider() != null;
  }

  private static KeySource source(KeyManagerFactory factory, Init init, X509KeyManager manager) {
    if (init.store != null) {
      return FactorySource.of(factory, init.store, init.password, manager);
    }
    if (init.parameters != null) {
      return FactorySource.of(factory, init.parameters, manager);
    }
    throw new IllegalStateException("a factory without KeyStore or parameters");
  }

  private static boolean mayHoldKeys(Init init) {
    if (init.store == null) {
      return true;
    }
    try {
      for (String alias : Collections.list(init.store.aliases())) {
        if (init.store.isKeyEntry(alias)) {
          return true;
        }
      }
      return false;
    } catch (KeyStoreException e) {
      return false;
    }
  }

  /** Returns what a context should be initialised with instead of the given key managers. */
  public KeyManager @Nullable [] contextInit(SSLContext context, KeyManager @Nullable [] given) {
    int index = firstX509(given);
    if (given == null || index < 0 || standsAside()) {
      return given;
    }
    note(context);
    X509KeyManager manager = (X509KeyManager) given[index];
    if (manager instanceof RotatingKeyManager) {
      RotatingKeyManager rotating = (RotatingKeyManager) manager;
      rotating.addContext(context);
      return replaced(given, index, new ContextKeyManager(rotating, context));
    }
    if (manager.getClass().getName().startsWith(READS_ANEW)) {
      return given;
    }
    Announcement announcement = new Announcement();
    ForeignSource source = new ForeignSource(manager, pins, foreignCode, announcement);
    RotatingKeyManager outer = new RotatingKeyManager(source, pins);
    announcement.manager = outer;
    outer.addContext(context);
    listener.found(outer);
    return replaced(given, index, new ContextKeyManager(outer, context));
  }

  /** A context is in use, whether or not it has keys. */
  public void note(SSLContext context) {
    contexts.note(context, ContextTrust.ROTATING);
  }

  /** A context is in use that trusts by this. */
  void note(SSLContext context, ContextTrust trust) {
    contexts.note(context, trust);
  }

  /** Returns the contexts in use that trust by one of these; a new set. */
  Set<SSLContext> contexts(Set<ContextTrust> trusts) {
    return contexts.by(trusts);
  }

  /** Returns every context that is known and still in use; a new set. */
  public Set<SSLContext> contexts() {
    Set<SSLContext> live = contexts.by(EnumSet.allOf(ContextTrust.class));
    live.addAll(defaultContexts());
    return live;
  }

  /** A context was handed out that passed by none of these methods: the JVM's default one. */
  public void contextDefault(SSLContext context) {
    for (WeakReference<SSLContext> known : defaults) {
      if (known.get() == context) {
        return;
      }
    }
    defaults.add(new WeakReference<>(context));
  }

  /** Returns the default contexts that are still in use; usually one or none. */
  public List<SSLContext> defaultContexts() {
    List<SSLContext> live = new ArrayList<>();
    for (WeakReference<SSLContext> known : defaults) {
      SSLContext context = known.get();
      if (context != null) {
        live.add(context);
      }
    }
    return live;
  }

  /** Tells the listener of a manager that was not complete when its source was made. */
  private final class Announcement implements Runnable {
    private volatile @Nullable RotatingKeyManager manager;

    @Override
    public void run() {
      RotatingKeyManager announced = manager;
      if (announced != null) {
        listener.found(announced);
      }
    }
  }

  /** Returns whether the hitless thread, which asks, is inside code of the application. */
  public ForeignCode foreignCode() {
    return foreignCode;
  }

  /**
   * Returns the leaves that a manager may answer with, on the hitless thread: the code of the
   * application that is asked for them may make key managers meanwhile.
   *
   * @throws GeneralSecurityException if the server's own KeyStore cannot be read now
   */
  public ServedLeaves leavesOf(RotatingKeyManager manager) throws GeneralSecurityException {
    foreignCode.enter();
    try {
      return manager.leaves();
    } finally {
      foreignCode.leave();
    }
  }

  /** Returns how many connections and aliases are pinned, for the status. */
  public int pinned() {
    return pins.size();
  }

  /** Returns what answers for a key manager that a context works with; null if none of ours. */
  public static @Nullable RotatingKeyManager rotating(@Nullable Object keyManager) {
    return keyManager instanceof ContextKeyManager
        ? ((ContextKeyManager) keyManager).manager()
        : keyManager instanceof RotatingKeyManager ? (RotatingKeyManager) keyManager : null;
  }

  /** Returns what was asked first for a key for this connection; null if none of ours was. */
  public @Nullable RotatingKeyManager askedBy(Object connection) {
    return pins.asked(connection);
  }

  private static int firstX509(KeyManager @Nullable [] managers) {
    for (int i = 0; managers != null && i < managers.length; i++) {
      if (managers[i] instanceof X509KeyManager) {
        return i;
      }
    }
    return -1;
  }

  private static KeyManager[] replaced(KeyManager[] managers, int index, KeyManager by) {
    KeyManager[] copy = new KeyManager[managers.length];
    System.arraycopy(managers, 0, copy, 0, managers.length);
    copy[index] = by;
    return copy;
  }

  /** SunJSSE in FIPS mode (Java 8 and 11) refuses key and trust managers of any other make. */
  boolean standsAside() {
    Boolean known = fips;
    if (known == null) {
      Provider sunJsse = Security.getProvider("SunJSSE");
      known = sunJsse != null && sunJsse.getInfo().contains("FIPS mode");
      fips = known;
      if (known) {
        listener.standsAside(
            "SunJSSE runs in FIPS mode, which takes no key or trust manager but its own: nothing is"
                + " rotated in"
                + " this JVM, restart it to have new certificates");
      }
    }
    return known;
  }
}
