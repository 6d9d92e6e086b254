package dev.hitless.serve;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets a foreign key manager choose, and answers with another identity where it would answer with a
 * leaf that has been replaced.
 *
 * <p>When the new identity has another kind of key, a choice made for the old kind is withdrawn,
 * and a question about the new kind is put to the foreign manager as one about the old.
 * Thread-safe.
 */
final class SubstitutingKeyManager extends X509ExtendedKeyManager {
  private static final Identity[] NONE = {};

  private final X509ExtendedKeyManager delegate;
  private final Map<String, Identity> byLeaf = new HashMap<>();
  private final ConcurrentMap<X509Certificate, Identity[]> known = new ConcurrentHashMap<>();

  SubstitutingKeyManager(X509ExtendedKeyManager delegate, Map<EntryName, Identity> replaced) {
    this.delegate = delegate;
    replaced.forEach((name, identity) -> byLeaf.put(name.alias(), identity));
  }

  /** Returns the identity that takes the place of this leaf, or null. */
  private @Nullable Identity replacement(X509Certificate leaf) {
    Identity[] found = known.get(leaf);
    if (found == null) {
      Identity identity = byLeaf.get(Fingerprint.of(leaf).hex());
      found = identity == null ? NONE : new Identity[] {identity};
      known.put(leaf, found);
    }
    return found.length == 0 ? null : found[0];
  }

  private @Nullable X509Certificate leaf(@Nullable String alias) {
    X509Certificate[] chain = alias == null ? null : delegate.getCertificateChain(alias);
    return chain == null || chain.length == 0 ? null : chain[0];
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    X509Certificate leaf = leaf(alias);
    Identity identity = leaf == null ? null : replacement(leaf);
    return identity != null ? identity.key() : delegate.getPrivateKey(alias);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    X509Certificate[] chain = delegate.getCertificateChain(alias);
    Identity identity = chain == null || chain.length == 0 ? null : replacement(chain[0]);
    return identity != null ? identity.chainArray() : chain;
  }

  private interface Choice {
    @Nullable String of(String[] keyTypes);
  }

  private @Nullable String choose(String[] keyTypes, Choice choice) {
    String alias = choice.of(keyTypes);
    X509Certificate leaf = leaf(alias);
    Identity identity = leaf == null ? null : replacement(leaf);
    if (alias != null
        && (identity == null || sameKind(leaf, identity) || asks(keyTypes, identity))) {
      return alias;
    }
    for (String other : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA"}) {
      String candidate = choice.of(new String[] {other});
      X509Certificate old = leaf(candidate);
      Identity replacing = old == null ? null : replacement(old);
      if (replacing != null && !sameKind(old, replacing) && asks(keyTypes, replacing)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean sameKind(@Nullable X509Certificate leaf, Identity identity) {
    return leaf != null
        && leaf.getPublicKey().getAlgorithm().equals(identity.leaf().getPublicKey().getAlgorithm());
  }

  private static boolean asks(String[] keyTypes, Identity identity) {
    String algorithm = identity.leaf().getPublicKey().getAlgorithm();
    for (String keyType : keyTypes) {
      int suffix = keyType.indexOf('_');
      if (algorithm.equalsIgnoreCase(suffix < 0 ? keyType : keyType.substring(0, suffix))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(
        new String[] {keyType}, t -> delegate.chooseEngineServerAlias(t[0], issuers, engine));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(new String[] {keyType}, t -> delegate.chooseServerAlias(t[0], issuers, socket));
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyTypes, t -> delegate.chooseEngineClientAlias(t, issuers, engine));
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyTypes, t -> delegate.chooseClientAlias(t, issuers, socket));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return delegate.getServerAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return delegate.getClientAliases(keyType, issuers);
  }
}
