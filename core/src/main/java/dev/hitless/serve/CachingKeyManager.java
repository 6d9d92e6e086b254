package dev.hitless.serve;

import java.net.Socket;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys and chains that JSSE's NewSunX509 ("PKIX") key manager otherwise decrypts from the
 * KeyStore in every handshake (sun.security.ssl.X509KeyManagerImpl).
 *
 * <p>An entry is kept as long as the KeyStore holds the same certificate object under its alias, so
 * an application that replaces the entry itself is followed as before. Thread-safe.
 */
final class CachingKeyManager extends X509ExtendedKeyManager {
  private final X509ExtendedKeyManager delegate;
  private final KeyStore store;
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

  CachingKeyManager(X509ExtendedKeyManager delegate, KeyStore.Builder builder) {
    this.delegate = delegate;
    try {
      this.store = builder.getKeyStore();
    } catch (KeyStoreException e) {
      throw new IllegalStateException("a builder of a KeyStore that is there", e);
    }
  }

  private static final class Entry {
    final Certificate leaf;
    final @Nullable PrivateKey key;
    final X509Certificate @Nullable [] chain;

    Entry(Certificate leaf, @Nullable PrivateKey key, X509Certificate @Nullable [] chain) {
      this.leaf = leaf;
      this.key = key;
      this.chain = chain;
    }
  }

  /** Its aliases read {@code uid.builder.alias}, with a new uid in each handshake. */
  private static @Nullable String storeAlias(String alias) {
    int first = alias.indexOf('.');
    int second = alias.indexOf('.', first + 1);
    return first > 0 && second > first + 1 ? alias.substring(second + 1) : null;
  }

  @SuppressWarnings("ReferenceEquality") // the very object: equal bytes may stand for another entry
  private @Nullable Entry entry(@Nullable String alias) {
    String name = alias == null ? null : storeAlias(alias);
    if (name == null) {
      return null;
    }
    Certificate leaf;
    try {
      leaf = store.getCertificate(name);
    } catch (KeyStoreException e) {
      return null;
    }
    if (leaf == null) {
      return null;
    }
    Entry known = entries.get(name);
    if (known != null && known.leaf == leaf) {
      return known;
    }
    Entry read =
        new Entry(leaf, delegate.getPrivateKey(alias), delegate.getCertificateChain(alias));
    if (read.key == null || read.chain == null) {
      return null;
    }
    entries.put(name, read);
    return read;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    Entry entry = entry(alias);
    return entry != null ? entry.key : delegate.getPrivateKey(alias);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    Entry entry = entry(alias);
    return entry != null && entry.chain != null
        ? entry.chain.clone()
        : delegate.getCertificateChain(alias);
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return delegate.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return delegate.chooseEngineClientAlias(keyType, issuers, engine);
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return delegate.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return delegate.chooseClientAlias(keyType, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return delegate.getServerAliases(keyType, issuers);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return delegate.getClientAliases(keyType, issuers);
  }
}
