package dev.hitless.serve;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a key manager that the application or a library wrote itself: it keeps choosing, and
 * what it answers is replaced where its leaf is bound to an origin.
 *
 * <p>Entries are named by the SHA-256 of the leaf, since such a manager may change what an alias
 * means at any time. Thread-safe.
 */
public final class ForeignSource implements KeySource {
  private static final int MOST_LEAVES = 1000;
  private static final String[] KEY_TYPES = {
    "RSA", "EC", "EdDSA", "Ed25519", "RSASSA-PSS", "DSA", "EC_EC", "EC_RSA"
  };

  private final X509KeyManager foreign;
  private final Pins pins;
  private final Served original;
  private final ForeignCode foreignCode;
  private final Runnable newLeaf;
  private final Set<X509Certificate> leaves = ConcurrentHashMap.newKeySet();
  private final Map<EntryName, List<X509Certificate>> answered = new ConcurrentHashMap<>();

  private final Map<EntryName, String> aliases = new ConcurrentHashMap<>();
  private int unanswered; // by the hitless thread

  /**
   * Wraps a foreign manager.
   *
   * @param newLeaf called on a handshake thread when the manager answers with a leaf not seen
   *     before; must be cheap
   */
  public ForeignSource(
      X509KeyManager foreign, Pins pins, ForeignCode foreignCode, Runnable newLeaf) {
    this.foreign = foreign;
    this.pins = pins;
    this.foreignCode = foreignCode;
    this.newLeaf = newLeaf;
    this.original = new Served(PlainKeyManager.extended(foreign), Collections.emptyMap());
  }

  @Override
  public Served original() {
    return original;
  }

  @Override
  public Served rebuild(Map<EntryName, Identity> replaced) {
    return new Served(new SubstitutingKeyManager(original.delegate(), replaced), replaced);
  }

  /** Returns the entry name of a leaf. */
  static EntryName name(X509Certificate leaf) {
    return new EntryName(0, Fingerprint.of(leaf).hex());
  }

  @Override
  public Map<EntryName, List<X509Certificate>> entries(RotatingKeyManager manager) {
    Map<EntryName, List<X509Certificate>> entries = new LinkedHashMap<>(answered);
    for (String keyType : KEY_TYPES) {
      Pin probe = new Pin();
      Pin outer = pins.enter(probe);
      foreignCode.enter();
      try {
        String[] offered = foreign.getServerAliases(keyType, null);
        for (String alias : offered == null ? new String[0] : offered) {
          X509Certificate[] chain = foreign.getCertificateChain(alias);
          if (chain != null && chain.length > 0 && probe.others(null).isEmpty()) {
            leaves.add(chain[0]);
            entries.put(name(chain[0]), Arrays.asList(chain));
            aliases.put(name(chain[0]), alias);
          }
        }
      } catch (RuntimeException e) {
        unanswered++; // it may not like the question; its handshakes will show what it serves
      } finally {
        probe.others(null).forEach(manager::learnInner);
        foreignCode.leave();
        pins.leave(outer);
      }
    }
    return entries;
  }

  /** Asks as the hitless thread does, but leaves no trace: this is a handshake's thread. */
  @Override
  public List<X509Certificate> leaves(RotatingKeyManager manager, Served served) {
    List<X509Certificate> found = new ArrayList<>();
    for (String keyType : KEY_TYPES) {
      String[] offered = served.delegate().getServerAliases(keyType, null);
      for (String alias : offered == null ? new String[0] : offered) {
        X509Certificate[] chain = served.delegate().getCertificateChain(alias);
        if (chain != null && chain.length > 0) {
          found.add(chain[0]);
        }
      }
    }
    if (found.isEmpty()) {
      answered.forEach(
          (name, chain) -> {
            Identity replaced = served.replaced().get(name);
            found.add(replaced == null ? chain.get(0) : replaced.leaf());
          });
    }
    return found;
  }

  @Override
  public int shown() {
    return leaves.size();
  }

  @Override
  public @Nullable Identity identity(EntryName name) {
    String alias = aliases.get(name);
    PrivateKey key = alias == null ? null : foreign.getPrivateKey(alias);
    X509Certificate[] chain = key == null ? null : foreign.getCertificateChain(alias);
    try {
      return key == null || chain == null || chain.length == 0 || !name(chain[0]).equals(name)
          ? null
          : Identity.of(key, Arrays.asList(chain));
    } catch (MaterialException e) {
      return null;
    }
  }

  @Override
  public List<char[]> passwords() {
    return Collections.emptyList();
  }

  @Override
  public String describe() {
    return "key manager "
        + foreign.getClass().getName()
        + (unanswered > 0 ? " (does not list its aliases)" : "");
  }

  @Override
  public void answered(RotatingKeyManager manager, Pin pin, X509Certificate @Nullable [] chain) {
    if (chain == null || chain.length == 0 || !pin.others(manager).isEmpty()) {
      return;
    }
    if (!leaves.contains(chain[0]) && leaves.size() < MOST_LEAVES && leaves.add(chain[0])) {
      answered.put(name(chain[0]), Arrays.asList(chain));
      newLeaf.run();
    }
  }
}
