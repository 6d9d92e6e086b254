package dev.hitless.policy;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The DNS names of each certificate that the connections of one context may be answered with (RFC
 * 5280, section 4.2.1.6).
 *
 * <p>Thread-safe. The names never change; which policy holds for them is remembered.
 */
public final class LeafNames {
  /** One handshake in a generation reads them, so it must not be kept by a store of thousands. */
  private static final int MOST_LEAVES = 100;

  private static final int DNS = 2;

  private final List<Set<String>> leaves;
  private volatile @Nullable Chosen chosen;

  private LeafNames(List<Set<String>> leaves) {
    this.leaves = Collections.unmodifiableList(leaves);
  }

  /** What was chosen, and from which policies. */
  private static final class Chosen {
    final Policies from;
    final NamedPolicies.Choice choice;

    Chosen(Policies from, NamedPolicies.Choice choice) {
      this.from = from;
      this.choice = choice;
    }
  }

  /**
   * Reads the names of certificates. Of more than a hundred, which no one policy could be for,
   * nothing is known.
   */
  public static LeafNames of(Collection<X509Certificate> leaves) {
    List<Set<String>> names = new ArrayList<>();
    if (leaves.size() <= MOST_LEAVES) {
      leaves.forEach(leaf -> names.add(of(leaf)));
    }
    return new LeafNames(names);
  }

  /** Returns the names of a certificate in lower case; names that cannot be read are none. */
  private static Set<String> of(X509Certificate leaf) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> entries = leaf.getSubjectAlternativeNames();
      if (entries != null) {
        for (List<?> entry : entries) {
          if (entry.get(0).equals(DNS)) {
            names.add(String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      names.clear();
    }
    return names;
  }

  /** Returns whether anything is known of them. */
  public boolean areKnown() {
    return !leaves.isEmpty();
  }

  /** Returns the names of all of the certificates, in lower case, sorted. */
  public NavigableSet<String> all() {
    NavigableSet<String> all = new TreeSet<>();
    leaves.forEach(all::addAll);
    return all;
  }

  /** Returns the names of each certificate; empty if nothing is known of them. */
  List<Set<String>> leaves() {
    return leaves;
  }

  /** Returns what policies that have names choose for these; the same answer for the same ones. */
  @SuppressWarnings("ReferenceEquality") // the very object: its policies are what is handed out
  NamedPolicies.Choice under(Policies policies, NamedPolicies named) {
    Chosen known = chosen;
    if (known == null || known.from != policies) {
      known = new Chosen(policies, named.choose(leaves));
      chosen = known;
    }
    return known.choice;
  }
}
