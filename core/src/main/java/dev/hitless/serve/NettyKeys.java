package dev.hitless.serve;

import dev.hitless.material.Fingerprint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys and chains that Netty's OpenSSL uses, which lie in native memory. Netty makes them once
 * for each alias; here they are made again when the key manager behind them answers with another
 * generation, by Netty's own means.
 *
 * <p>What is called material here is an {@code OpenSslKeyMaterial} of any version of Netty, in
 * whatever package. References to it are counted, and the last one to be released frees the native
 * memory: this keeps one until the next generation is there, or its provider is destroyed.
 *
 * <p>Thread-safe. Called on the threads of handshakes; takes no lock. What is found here may be
 * freed before it is retained, which Netty refuses, and then it is made again.
 */
public final class NettyKeys {
  private final WeakIdentityMap<Object, Provider> providers = new WeakIdentityMap<>();
  private final Interceptor.Listener listener;

  NettyKeys(Interceptor.Listener listener) {
    this.listener = listener;
  }

  /**
   * Netty has made what keeps material.
   *
   * @param provider an {@code OpenSslKeyMaterialProvider}
   * @param keyManager that it makes it from; if it is not one of ours, Netty goes on as ever
   */
  public void provided(Object provider, @Nullable Object keyManager) {
    if (keyManager instanceof RotatingKeyManager) {
      providers.put(provider, new Provider((RotatingKeyManager) keyManager));
    }
  }

  /**
   * A handshake needs the material of an alias.
   *
   * @return material with a reference that is the caller's to release; or an object of ours if it
   *     is to be made and given to {@link #made}; or null where Netty is to use what it has
   */
  public @Nullable Object choose(Object provider, @Nullable Object alias) {
    Provider known = providers.get(provider);
    return known == null || !(alias instanceof String) ? null : known.choose((String) alias);
  }

  /** Material was made; returns it, for the caller to release. */
  public @Nullable Object made(Object wanted, @Nullable Object material) {
    if (material != null) {
      ((Wanted) wanted).provider.keep((Wanted) wanted, material);
    }
    return material;
  }

  /**
   * Material could not be made.
   *
   * @return the one before with a reference that is the caller's to release; null if there is none
   *     but what Netty made at first
   */
  public @Nullable Object refused(Object wanted, @Nullable Object cause) {
    Wanted refused = (Wanted) wanted;
    listener.standsAside(
        "Netty's OpenSSL refuses the new certificate "
            + Fingerprint.of(refused.chain[0])
            + " and serves on with the one before ("
            + cause
            + "); put a certificate in its place that the server could have been started with");
    return refused.provider.before(refused);
  }

  /** Returns how many contexts of Netty there are that ask a manager, for the status. */
  public int contexts(RotatingKeyManager manager) {
    int contexts = 0;
    for (Object provider : providers.keys()) {
      Provider known = providers.get(provider);
      contexts += known != null && known.keys == manager ? 1 : 0;
    }
    return contexts;
  }

  /** Netty frees what a provider keeps. */
  public void destroyed(Object provider) {
    Provider known = providers.get(provider);
    if (known != null) {
      providers.remove(provider);
      known.destroy();
    }
  }

  /** Material to be made of what a key manager answered for an alias. */
  private static final class Wanted {
    final Provider provider;
    final String alias;
    final X509Certificate[] chain;

    Wanted(Provider provider, String alias, X509Certificate[] chain) {
      this.provider = provider;
      this.alias = alias;
      this.chain = chain;
    }
  }

  /** Material, and the chain that it was made of. */
  private static final class Held {
    final X509Certificate[] chain;
    final Object material;
    final Counted counted;

    Held(X509Certificate[] chain, Object material) {
      this.chain = chain;
      this.material = material;
      this.counted = Counted.of(material);
    }

    /** Returns the material for a caller to release; null if it is freed already. */
    @Nullable Object retained() {
      return counted.retain(material) ? material : null;
    }

    void release() {
      counted.release(material);
    }
  }

  /** What one provider of Netty uses, by alias. */
  private static final class Provider {
    private final X509KeyManager keys;
    private final ConcurrentMap<String, Held> byAlias = new ConcurrentHashMap<>();
    private volatile boolean destroyed;

    Provider(X509KeyManager keys) {
      this.keys = keys;
    }

    @Nullable Object choose(String alias) {
      X509Certificate[] chain = keys.getCertificateChain(alias);
      if (chain == null || chain.length == 0) {
        return null;
      }
      Held held = byAlias.get(alias);
      Object current = held != null && Arrays.equals(held.chain, chain) ? held.retained() : null;
      return current != null ? current : new Wanted(this, alias, chain);
    }

    void keep(Wanted wanted, Object material) {
      Held next = new Held(wanted.chain, material);
      next.retained(); // for as long as it is kept here; its caller has one as well
      Held former = byAlias.put(wanted.alias, next);
      if (former != null) {
        former.release();
      }
      if (destroyed) {
        releaseAll();
      }
    }

    @Nullable Object before(Wanted wanted) {
      Held held = byAlias.get(wanted.alias);
      return held == null ? null : held.retained();
    }

    void destroy() {
      destroyed = true;
      releaseAll();
    }

    /** Each is removed by one thread alone, which releases it. */
    private void releaseAll() {
      for (String alias : byAlias.keySet()) {
        Held held = byAlias.remove(alias);
        if (held != null) {
          held.release();
        }
      }
    }
  }

  /** The methods of Netty's public interface {@code ReferenceCounted}. */
  private static final class Counted {
    private final Method retain;
    private final Method release;

    private Counted(Class<?> type) throws NoSuchMethodException {
      retain = type.getMethod("retain");
      release = type.getMethod("release");
    }

    static Counted of(Object material) {
      for (Class<?> type = material.getClass(); type != null; type = type.getSuperclass()) {
        for (Class<?> each : type.getInterfaces()) {
          Class<?> found = find(each);
          if (found != null) {
            try {
              return new Counted(found);
            } catch (NoSuchMethodException e) {
              throw new IllegalStateException(e);
            }
          }
        }
      }
      throw new IllegalStateException(material.getClass() + " counts no references");
    }

    private static @Nullable Class<?> find(Class<?> type) {
      if (type.getSimpleName().equals("ReferenceCounted")) {
        return type;
      }
      for (Class<?> each : type.getInterfaces()) {
        Class<?> found = find(each);
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    /** Returns whether it is not freed yet. */
    boolean retain(Object material) {
      try {
        retain.invoke(material);
        return true;
      } catch (InvocationTargetException e) {
        return false; // IllegalReferenceCountException
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    void release(Object material) {
      try {
        release.invoke(material);
      } catch (InvocationTargetException e) {
        return; // freed already
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
