package dev.hitless.serve;

import java.security.KeyStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Puts rotating trust managers in the place of those that the JDK's factories make. A trust manager
 * of any other make is left alone: what it trusts, and why, is its own affair.
 *
 * <p>Called on application threads from inside {@link TrustManagerFactory} and {@link SSLContext};
 * does no I/O, takes no lock, and leaves alone what it does not understand. Thread-safe.
 */
public final class TrustInterceptor {
  private static final String BOUNCY_CASTLE =
      "org.bouncycastle.jsse.provider.ExportX509TrustManager";

  private final WeakIdentityMap<TrustManagerFactory, TrustSource> sources = new WeakIdentityMap<>();

  private final Interceptor keys;
  private final Listener listener;
  private final PeerCheck peers;

  /**
   * Creates an interceptor.
   *
   * @param keys knows the default contexts, and whether to stand aside
   * @param listener is told of each trust that is made, on application threads
   * @param peers is asked about each peer whose chain was found good
   */
  public TrustInterceptor(Interceptor keys, Listener listener, PeerCheck peers) {
    this.peers = peers;
    this.keys = keys;
    this.listener = listener;
  }

  /** Is told on application threads, so it must only hand on what it is given. */
  public interface Listener {
    /** Trust managers of a factory were made. */
    void found(RotatingTrust trust);
  }

  /** A factory was initialised with a KeyStore; null stands for the JVM's own. */
  public void factoryInit(TrustManagerFactory factory, @Nullable KeyStore store) {
    sources.put(factory, TrustSource.of(factory, store));
  }

  /** A factory was initialised with parameters. */
  public void factoryInit(TrustManagerFactory factory, @Nullable ManagerFactoryParameters given) {
    TrustSource source =
        given instanceof CertPathTrustManagerParameters
            ? TrustSource.of(factory, (CertPathTrustManagerParameters) given)
            : null;
    if (source == null) {
      sources.remove(factory);
    } else {
      sources.put(factory, source);
    }
  }

  /** Returns what a factory should return instead of the trust managers it made. */
  public TrustManager @Nullable [] trustManagers(
      TrustManagerFactory factory, TrustManager @Nullable [] made) {
    int index = firstX509(made);
    TrustSource source = sources.get(factory);
    // A subclass is the application's own, and its inner factory comes by here anyway.
    boolean ownFactory = factory.getClass() == TrustManagerFactory.class;
    if (made == null || index < 0 || source == null || !ownFactory || keys.standsAside()) {
      return made;
    }
    X509TrustManager manager = (X509TrustManager) made[index];
    if (manager instanceof TrustHolder || !isBare(manager.getClass())) {
      return made;
    }
    RotatingTrust trust = new RotatingTrust(source, manager, peers);
    listener.found(trust);
    return replaced(made, index, managerOf(trust, null));
  }

  /**
   * Returns whether nothing that others may look for would be hidden by a wrapper. Bouncy Castle's
   * TLS looks for its own interface to spare itself a call by the methods of JSSE, which do the
   * same.
   */
  private static boolean isBare(Class<?> type) {
    for (Class<?> at = type;
        at != null && at != X509ExtendedTrustManager.class && at != Object.class;
        at = at.getSuperclass()) {
      for (Class<?> implemented : at.getInterfaces()) {
        if (implemented != X509TrustManager.class
            && implemented != TrustManager.class
            && !implemented.getName().equals(BOUNCY_CASTLE)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns what a context should be initialised with instead of the given trust managers. */
  public TrustManager @Nullable [] contextInit(
      SSLContext context, TrustManager @Nullable [] given) {
    int index = firstX509(given);
    if (given != null && index >= 0 && given[index] instanceof TrustHolder) {
      keys.note(context, ContextTrust.ROTATING);
      RotatingTrust trust = ((TrustHolder) given[index]).trust();
      trust.addContext(context);
      peers.initialised(context, null);
      return replaced(given, index, managerOf(trust, context));
    }
    keys.note(context, given == null ? ContextTrust.STANDARD : ContextTrust.FOREIGN);
    peers.initialised(
        context, given != null && index >= 0 ? given[index].getClass().getName() : null);
    return given;
  }

  private static TrustManager managerOf(RotatingTrust trust, @Nullable SSLContext context) {
    return trust.isExtended()
        ? new RotatingTrustManager(trust, context)
        : new PlainRotatingTrustManager(trust, context);
  }

  /** Returns the live contexts that trust what the given trust says, as far as that is known. */
  public Set<SSLContext> contexts(RotatingTrust trust) {
    Set<SSLContext> contexts = new LinkedHashSet<>(trust.contexts());
    if (contexts.isEmpty() && trust.isStandard()) {
      contexts.addAll(keys.defaultContexts());
      contexts.addAll(keys.contexts(EnumSet.of(ContextTrust.STANDARD)));
    }
    return contexts;
  }

  /**
   * Returns all live contexts that may trust what the given trust says: those that do, the default
   * ones, and those whose trust manager is of foreign make and may ask one of ours.
   */
  public Set<SSLContext> possibleContexts(RotatingTrust trust) {
    Set<SSLContext> contexts = new LinkedHashSet<>(trust.contexts());
    contexts.addAll(keys.defaultContexts());
    contexts.addAll(keys.contexts(EnumSet.of(ContextTrust.STANDARD, ContextTrust.FOREIGN)));
    return contexts;
  }

  private static int firstX509(TrustManager @Nullable [] managers) {
    for (int i = 0; managers != null && i < managers.length; i++) {
      if (managers[i] instanceof X509TrustManager) {
        return i;
      }
    }
    return -1;
  }

  private static TrustManager[] replaced(TrustManager[] managers, int index, TrustManager by) {
    List<TrustManager> copy = new ArrayList<>(java.util.Arrays.asList(managers));
    copy.set(index, by);
    return copy.toArray(new TrustManager[0]);
  }
}
