package dev.hitless.material;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the chain of a new identity takes the place of an old one, given how the old one was stored:
 * the root is stored only where a root was. Immutable.
 */
final class Chains {
  private final List<X509Certificate> oldIntermediates = new ArrayList<>();
  private final List<X509Certificate> oldRoots = new ArrayList<>();
  private final List<X509Certificate> intermediates = new ArrayList<>();
  private final List<X509Certificate> roots = new ArrayList<>();
  private final Set<X509Certificate> neededByOthers;

  /**
   * Compares two chains.
   *
   * @param neighbours the other identities in the same files, whose chains stay whole
   */
  Chains(Identity replaced, Identity next, Iterable<Identity> neighbours) {
    split(replaced, oldIntermediates, oldRoots);
    split(next, intermediates, roots);
    neededByOthers = new LinkedHashSet<>();
    for (Identity neighbour : neighbours) {
      neededByOthers.addAll(neighbour.chain());
    }
    if (roots.isEmpty() && !oldRoots.isEmpty()) {
      X509Certificate root = oldRoots.get(0);
      List<X509Certificate> linked = linked(next);
      if (Chain.issued(root, linked.get(linked.size() - 1))) {
        roots.add(root);
      }
    }
  }

  private static List<X509Certificate> linked(Identity identity) {
    return identity.chain().subList(0, Chain.linkedLength(identity.chain()));
  }

  private static void split(
      Identity identity, List<X509Certificate> intermediates, List<X509Certificate> roots) {
    List<X509Certificate> linked = linked(identity);
    for (X509Certificate certificate : linked.subList(1, linked.size())) {
      (Chain.selfSigned(certificate) ? roots : intermediates).add(certificate);
    }
  }

  /** Returns whether a certificate is part of the old chain alone, and not its leaf or root. */
  boolean isOldIntermediate(X509Certificate certificate) {
    return oldIntermediates.contains(certificate);
  }

  /** Returns whether a certificate is the root of the old chain. */
  boolean isOldRoot(X509Certificate certificate) {
    return oldRoots.contains(certificate);
  }

  /** Returns what stands where the old intermediates stood: the new ones, and what others need. */
  List<X509Certificate> intermediates() {
    return with(intermediates, oldIntermediates);
  }

  /** Returns what stands where the old root stood; never empty. */
  List<X509Certificate> roots() {
    List<X509Certificate> all = with(roots, oldRoots);
    return all.isEmpty() ? Collections.unmodifiableList(oldRoots) : all;
  }

  /** Returns the intermediates for a file that had none, because none was needed. */
  List<X509Certificate> added() {
    return Collections.unmodifiableList(intermediates);
  }

  /** Returns the new chain as a keystore holds it, leaf first. */
  List<X509Certificate> stored(Identity next) {
    List<X509Certificate> stored = new ArrayList<>();
    stored.add(next.leaf());
    stored.addAll(intermediates);
    if (!oldRoots.isEmpty()) {
      stored.addAll(roots);
    }
    return stored;
  }

  /** Returns what takes the place of one certificate of the old chain in a file of its own. */
  @Nullable X509Certificate successor(X509Certificate old) {
    int index = oldIntermediates.indexOf(old);
    if (index >= 0 && index < intermediates.size() && !neededByOthers.contains(old)) {
      return intermediates.get(index);
    }
    return isOldRoot(old) ? roots().get(0) : null;
  }

  private List<X509Certificate> with(List<X509Certificate> next, List<X509Certificate> old) {
    LinkedHashSet<X509Certificate> all = new LinkedHashSet<>(next);
    for (X509Certificate certificate : old) {
      if (neededByOthers.contains(certificate)) {
        all.add(certificate);
      }
    }
    return new ArrayList<>(all);
  }
}
