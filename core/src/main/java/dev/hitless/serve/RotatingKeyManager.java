package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key manager that JSSE asks instead of the server's own: it answers from one generation for
 * the whole of a handshake, under the alias names that the server knows.
 *
 * <p>Before the first swap every answer is the original's, exceptions included. Thread-safe; takes
 * no lock that is held during I/O or foreign code.
 */
public final class RotatingKeyManager extends X509ExtendedKeyManager {
  private final Pins pins;
  private final KeySource source;
  private final HalfPairs halves = new HalfPairs();
  private final Contexts contexts = new Contexts();
  private final Set<RotatingKeyManager> inners = new CopyOnWriteArraySet<>();
  private volatile Served current;
  private volatile boolean asked;
  private volatile @Nullable ServedLeaves leaves;

  /** Wraps what the source makes of the server's own keys. */
  public RotatingKeyManager(KeySource source, Pins pins) {
    this.source = source;
    this.pins = pins;
    this.current = source.original();
  }

  Served current() {
    return current;
  }

  /** Returns where the keys of this manager come from. */
  public KeySource source() {
    return source;
  }

  /**
   * Returns the identities that took the place of the server's own; empty before the first swap.
   */
  public Map<EntryName, Identity> replaced() {
    return current.replaced();
  }

  /**
   * Serves the given identities in place of the entries named, from the next handshake on. Called
   * on the hitless thread only.
   *
   * @throws GeneralSecurityException if no key manager can be made of them; then nothing changes
   */
  public void serve(Map<EntryName, Identity> replaced) throws GeneralSecurityException {
    current = source.rebuild(replaced);
    leaves = null; // it would keep the generation before
  }

  /** Notes that a context was initialised with this manager, or with one that asks it. */
  public void addContext(SSLContext context) {
    if (!contexts.add(context)) {
      return;
    }
    for (RotatingKeyManager inner : inners) {
      inner.addContext(context);
    }
  }

  /** Notes that this manager, wrapped by the application's own, is asked by another of ours. */
  void learnInner(RotatingKeyManager inner) {
    if (!inners.contains(inner) && inners.add(inner)) {
      for (SSLContext context : contexts()) {
        inner.addContext(context);
      }
    }
  }

  /**
   * Returns the leaves that it may answer with; the same object as long as they stay the same.
   * Called on the threads of handshakes.
   *
   * @throws GeneralSecurityException if the server's own KeyStore cannot be read now
   */
  public ServedLeaves leaves() throws GeneralSecurityException {
    ServedLeaves known = leaves;
    if (known == null || !known.areCurrent()) {
      known = ServedLeaves.of(this, pins);
      leaves = known;
    }
    return known;
  }

  /** Returns a number that grows as answers show more than was told before. */
  int learned() {
    return inners.size() + source.shown();
  }

  /** Returns whether a handshake has asked for a chain. */
  public boolean wasAsked() {
    return asked;
  }

  /** Returns whether another rotating manager answers below this one. */
  public boolean hasInner() {
    return !inners.isEmpty();
  }

  /** Returns the contexts of this manager that the application still uses. */
  public List<SSLContext> contexts() {
    return contexts.live();
  }

  private interface Choice {
    @Nullable String of(X509ExtendedKeyManager delegate);
  }

  private @Nullable String choose(@Nullable Object connection, Choice choice) {
    Pin pin = pins.ofConnection(connection);
    Served served = pin.served(this);
    Pin outer = pins.enter(pin);
    try {
      String alias = choice.of(served.delegate());
      if (alias != null && outer == null) {
        halves.chosen(alias, pin);
      }
      return pins.tag(alias, pin);
    } finally {
      pins.leave(outer);
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(engine, d -> d.chooseEngineServerAlias(keyType, issuers, engine));
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(engine, d -> d.chooseEngineClientAlias(keyType, issuers, engine));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(socket, d -> d.chooseServerAlias(keyType, issuers, socket));
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(socket, d -> d.chooseClientAlias(keyType, issuers, socket));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return scopedOrCurrent().delegate().getServerAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return scopedOrCurrent().delegate().getClientAliases(keyType, issuers);
  }

  /** Wrappers choose among these lists inside a handshake, so they too follow its pin. */
  private Served scopedOrCurrent() {
    Pin outer = pins.scope();
    return outer != null ? outer.served(this) : current;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    if (alias == null) {
      return current.delegate().getPrivateKey(null);
    }
    Pin pin = pins.ofAlias(alias, true, halves);
    Served served = pin.served(this);
    Pin outer = pins.enter(pin);
    try {
      return served.delegate().getPrivateKey(alias);
    } finally {
      pins.leave(outer);
    }
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    if (alias == null) {
      return current.delegate().getCertificateChain(null);
    }
    Pin pin = pins.ofAlias(alias, false, halves);
    Served served = pin.served(this);
    Pin outer = pins.enter(pin);
    try {
      X509Certificate[] chain = served.delegate().getCertificateChain(alias);
      asked = true;
      source.answered(this, pin, chain);
      return chain;
    } finally {
      pins.leave(outer);
    }
  }
}
