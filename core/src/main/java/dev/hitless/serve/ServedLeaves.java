package dev.hitless.serve;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The leaves that a rotating key manager may answer with, as long as neither it nor a manager below
 * it serves another generation.
 *
 * <p>Thread-safe. The leaves never change; one thing that was made of them is remembered.
 */
public final class ServedLeaves {
  private final Collection<X509Certificate> leaves;
  private final RotatingKeyManager asked;
  private final int learned;
  private final RotatingKeyManager[] managers;
  private final Served[] served;
  private volatile @Nullable Object derived;

  private ServedLeaves(
      Collection<X509Certificate> leaves,
      RotatingKeyManager asked,
      int learned,
      RotatingKeyManager[] managers,
      Served[] served) {
    this.leaves = Collections.unmodifiableCollection(leaves);
    this.asked = asked;
    this.learned = learned;
    this.managers = managers;
    this.served = served;
  }

  /**
   * Asks a manager what it serves now, and notes which managers took part.
   *
   * @throws GeneralSecurityException if the server's own KeyStore cannot be read now
   */
  static ServedLeaves of(RotatingKeyManager manager, Pins pins) throws GeneralSecurityException {
    int learned = manager.learned(); // before the question, so that what comes with it counts
    Pin probe = new Pin();
    Served own = probe.served(manager);
    Collection<X509Certificate> leaves;
    Pin outer = pins.enter(probe);
    try {
      leaves = new LinkedHashSet<>(manager.source().leaves(manager, own));
    } finally {
      pins.leave(outer);
    }
    List<RotatingKeyManager> others = probe.others(manager);
    RotatingKeyManager[] managers = new RotatingKeyManager[others.size() + 1];
    Served[] served = new Served[managers.length];
    managers[0] = manager;
    served[0] = own;
    for (int i = 1; i < managers.length; i++) {
      managers[i] = others.get(i - 1);
      served[i] = probe.served(managers[i]);
    }
    return new ServedLeaves(leaves, manager, learned, managers, served);
  }

  /** Returns whether asking again would give the same, as far as can be seen without asking. */
  boolean areCurrent() {
    for (int i = 0; i < managers.length; i++) {
      if (managers[i].current() != served[i]) {
        return false;
      }
    }
    return asked.learned() == learned;
  }

  /** Returns what is made of the leaves, each in it once; made anew only for another type. */
  public <T> T derived(Class<T> type, Function<Collection<X509Certificate>, T> maker) {
    Object known = derived;
    if (type.isInstance(known)) {
      return type.cast(known);
    }
    T made = maker.apply(leaves);
    derived = made;
    return made;
  }
}
