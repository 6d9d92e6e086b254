package dev.hitless.serve;

import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@link KeyManagerFactory}: rebuilt by the same algorithm and provider from the
 * server's own KeyStores with the bound entries replaced, so that the rules for choosing stay.
 *
 * <p>Thread-safe; {@link #rebuild} and {@link #entries} run on the hitless thread.
 */
public final class FactorySource implements KeySource {
  private final String algorithm;
  private final Provider provider;
  private final List<KeyStore.Builder> builders;
  private final boolean builderParameters;
  private final char @Nullable [] password;
  private final X509KeyManager made;
  private final Served original;
  private @Nullable Map<String, Identity> copied; // by the hitless thread, at the first rebuild

  private FactorySource(
      KeyManagerFactory factory,
      List<KeyStore.Builder> builders,
      boolean builderParameters,
      char @Nullable [] password,
      X509KeyManager made) {
    this.algorithm = factory.getAlgorithm();
    this.provider = factory.getProvider();
    this.builders = builders;
    this.builderParameters = builderParameters;
    this.password = password == null ? null : password.clone();
    this.made = made;
    this.original = new Served(cached(made, builders), Collections.emptyMap());
  }

  /**
   * The keys of a factory that was initialised with a KeyStore.
   *
   * @param made the first X.509 key manager that the factory returned
   */
  public static FactorySource of(
      KeyManagerFactory factory, KeyStore store, char @Nullable [] password, X509KeyManager made) {
    KeyStore.Builder builder =
        KeyStore.Builder.newInstance(store, new KeyStore.PasswordProtection(password));
    return new FactorySource(factory, Collections.singletonList(builder), false, password, made);
  }

  /** The keys of a factory that was initialised with {@link KeyStoreBuilderParameters}. */
  public static FactorySource of(
      KeyManagerFactory factory, KeyStoreBuilderParameters parameters, X509KeyManager made) {
    List<KeyStore.Builder> builders = new ArrayList<>();
    for (Object builder : parameters.getParameters()) {
      builders.add((KeyStore.Builder) builder);
    }
    return new FactorySource(factory, builders, true, null, made);
  }

  @Override
  public Served original() {
    return original;
  }

  @Override
  public Served rebuild(Map<EntryName, Identity> replaced) throws GeneralSecurityException {
    KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm, provider);
    List<KeyStore.Builder> overlaid = new ArrayList<>();
    for (int i = 0; i < builders.size(); i++) {
      overlaid.add(overlay(i, replaced));
    }
    if (builderParameters) {
      factory.init(new KeyStoreBuilderParameters(overlaid));
    } else {
      factory.init(overlaid.get(0).getKeyStore(), password);
    }
    for (KeyManager manager : factory.getKeyManagers()) {
      if (manager instanceof X509KeyManager) {
        return new Served(cached((X509KeyManager) manager, overlaid), replaced);
      }
    }
    throw new KeyStoreException(algorithm + " of " + provider.getName() + " made no key manager");
  }

  private KeyStore.Builder overlay(int store, Map<EntryName, Identity> replaced)
      throws KeyStoreException {
    KeyStore.Builder builder = builders.get(store);
    KeyStore below = builder.getKeyStore();
    Map<String, Identity> here = new LinkedHashMap<>(unchanged(below));
    for (Map.Entry<EntryName, Identity> entry : replaced.entrySet()) {
      if (entry.getKey().store() == store) {
        here.put(entry.getKey().alias(), entry.getValue());
      }
    }
    KeyStore overlaid = OverlayKeyStore.over(below, here);
    return new KeyStore.Builder() {
      @Override
      public KeyStore getKeyStore() {
        return overlaid;
      }

      @Override
      public KeyStore.ProtectionParameter getProtectionParameter(String alias)
          throws KeyStoreException {
        return builder.getProtectionParameter(alias);
      }
    };
  }

  /** Entries that the factory copied when it was made stay as they were copied. */
  private Map<String, Identity> unchanged(KeyStore below) throws KeyStoreException {
    if (builderParameters) {
      return Collections.emptyMap();
    }
    if (copied == null) {
      copied = copied(below);
    }
    return copied;
  }

  private Map<String, Identity> copied(KeyStore below) throws KeyStoreException {
    Map<String, Identity> copied = new LinkedHashMap<>();
    for (String alias : Collections.list(below.aliases())) {
      PrivateKey key = below.isKeyEntry(alias) ? made.getPrivateKey(alias) : null;
      X509Certificate[] chain = key == null ? null : made.getCertificateChain(alias);
      if (key != null && chain != null) {
        try {
          copied.put(alias, Identity.of(key, Arrays.asList(chain)));
        } catch (MaterialException e) {
          // An odd entry (a key with another's chain) is read through to the server's own KeyStore.
          copied.remove(alias);
        }
      }
    }
    return copied;
  }

  @Override
  public Map<EntryName, List<X509Certificate>> entries(RotatingKeyManager manager)
      throws KeyStoreException {
    Map<EntryName, List<X509Certificate>> entries = new LinkedHashMap<>();
    for (int i = 0; i < builders.size(); i++) {
      KeyStore store = builders.get(i).getKeyStore();
      for (String alias : Collections.list(store.aliases())) {
        List<X509Certificate> chain =
            store.isKeyEntry(alias)
                ? x509(store.getCertificateChain(alias))
                : Collections.<X509Certificate>emptyList();
        if (!chain.isEmpty()) {
          entries.put(new EntryName(i, alias), chain);
        }
      }
    }
    return entries;
  }

  @Override
  public @Nullable Identity identity(EntryName name) throws GeneralSecurityException {
    KeyStore.Builder builder = builders.get(name.store());
    KeyStore.Entry entry =
        builder.getKeyStore().getEntry(name.alias(), builder.getProtectionParameter(name.alias()));
    if (!(entry instanceof KeyStore.PrivateKeyEntry)) {
      return null;
    }
    KeyStore.PrivateKeyEntry pair = (KeyStore.PrivateKeyEntry) entry;
    try {
      return Identity.of(pair.getPrivateKey(), x509(pair.getCertificateChain()));
    } catch (MaterialException e) {
      return null;
    }
  }

  private static List<X509Certificate> x509(Certificate @Nullable [] chain) {
    List<X509Certificate> certificates = new ArrayList<>();
    if (chain != null) {
      for (Certificate certificate : chain) {
        if (certificate instanceof X509Certificate) {
          certificates.add((X509Certificate) certificate);
        }
      }
    }
    return certificates;
  }

  @Override
  public List<char[]> passwords() {
    return password == null
        ? Collections.<char[]>emptyList()
        : Collections.singletonList(password.clone());
  }

  @Override
  public String describe() {
    return "KeyManagerFactory " + algorithm + " of " + provider.getName();
  }

  @Override
  public void answered(RotatingKeyManager manager, Pin pin, X509Certificate @Nullable [] chain) {
    for (RotatingKeyManager outer : pin.others(manager)) {
      outer.learnInner(manager);
    }
  }

  private X509ExtendedKeyManager cached(X509KeyManager manager, List<KeyStore.Builder> stores) {
    X509ExtendedKeyManager extended = PlainKeyManager.extended(manager);
    boolean readsStoreAgain = "NewSunX509".equals(algorithm) || "PKIX".equals(algorithm);
    return readsStoreAgain && !builderParameters && provider.getName().startsWith("SunJSSE")
        ? new CachingKeyManager(extended, stores.get(0))
        : extended;
  }
}
