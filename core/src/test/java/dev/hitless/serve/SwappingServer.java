package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/** The context of a server with a PKCS12 keystore, and how to swap what it serves. */
final class SwappingServer {
  static final String ALIAS = "server";
  static final char[] PASSWORD = "changeit".toCharArray();

  private final SSLContext context;
  private final Swapper.Swap swap;
  private final List<RotatingKeyManager> managers;

  private SwappingServer(SSLContext context, Swapper.Swap swap, List<RotatingKeyManager> managers) {
    this.context = context;
    this.swap = swap;
    this.managers = managers;
  }

  SSLContext context() {
    return context;
  }

  Swapper.Swap swap() {
    return swap;
  }

  /** Returns the rotating managers in the order in which they were announced. */
  List<RotatingKeyManager> managers() {
    return managers;
  }

  /** How a server puts its key managers into its context. */
  enum Setup {
    /** As the factory returned them. */
    DIRECT,
    /** Behind a wrapper that answers with an alias of its own. */
    WRAPPED,
    /** The same in a place where nobody sees that the context is initialised. */
    WRAPPED_UNSEEN
  }

  /** A server as hitless makes it rotate. */
  static SwappingServer rotating(String algorithm, Identity first, Setup setup)
      throws GeneralSecurityException, IOException {
    List<RotatingKeyManager> managers = new ArrayList<>();
    Interceptor interceptor = new Interceptor(managers::add);
    KeyManager[] made = made(interceptor, algorithm, keyStore(first));
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] given =
        setup == Setup.DIRECT
            ? made
            : new KeyManager[] {new FixedAlias((X509KeyManager) made[0], alias(algorithm))};
    context.init(
        setup == Setup.WRAPPED_UNSEEN ? given : interceptor.contextInit(context, given),
        null,
        null);
    EntryName name = new EntryName(0, ALIAS);
    return new SwappingServer(
        context, next -> managers.get(0).serve(Collections.singletonMap(name, next)), managers);
  }

  /** A server that swaps a volatile delegate. */
  static SwappingServer naive(String algorithm, List<Identity> generations)
      throws GeneralSecurityException, IOException {
    Map<Identity, X509ExtendedKeyManager> delegates = new HashMap<>();
    for (Identity generation : generations) {
      KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
      factory.init(keyStore(generation), PASSWORD);
      delegates.put(generation, (X509ExtendedKeyManager) factory.getKeyManagers()[0]);
    }
    NaiveKeyManager naive = new NaiveKeyManager(delegates.get(generations.get(0)));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {naive}, null, null);
    return new SwappingServer(
        context, next -> naive.swap(delegates.get(next)), Collections.emptyList());
  }

  /** Returns what the agent's hooks return for a factory over this keystore. */
  static KeyManager[] made(Interceptor interceptor, String algorithm, KeyStore store)
      throws GeneralSecurityException {
    KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
    factory.init(store, PASSWORD);
    interceptor.factoryInit(factory, store, PASSWORD);
    return interceptor.keyManagers(factory, factory.getKeyManagers());
  }

  static KeyStore keyStore(Identity identity) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(ALIAS, identity.key(), PASSWORD, identity.chainArray());
    return store;
  }

  /** PKIX managers know an entry as {@code uid.builder.alias}. */
  static String alias(String algorithm) {
    return algorithm.equals("PKIX") ? "1.0." + ALIAS : ALIAS;
  }
}
