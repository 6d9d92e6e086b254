package dev.hitless.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policies of DNS names, and which of them holds for a context.
 *
 * <p>A handshake's parameters are fixed before the name that its client asks for is read (RFC 6066,
 * section 3), so what tells connections apart is the context that the server has chosen for them,
 * by the names of its certificates. Immutable and thread-safe.
 */
final class NamedPolicies {
  private static final String UNKNOWN =
      "hitless.policy.name.… does not hold for connections of a key manager that does not tell which"
          + " certificates it has, or has more than a hundred: what is set for the process holds"
          + " for them";

  private final Map<String, Policy> policies;
  private final Policy process;
  private final Choice unknown;

  /**
   * Creates them.
   *
   * @param policies by names in lower case; the same object where two say the same, and that of the
   *     process where one says the same as that
   */
  NamedPolicies(Map<String, Policy> policies, Policy process) {
    this.policies = Collections.unmodifiableMap(new TreeMap<>(policies));
    this.process = process;
    this.unknown = new Choice(process, UNKNOWN);
  }

  boolean isEmpty() {
    return policies.isEmpty();
  }

  /** Returns the names that have a policy. */
  Set<String> names() {
    return policies.keySet();
  }

  /** Returns those for which there is no certificate. */
  NavigableSet<String> unserved(Collection<LeafNames> served) {
    NavigableSet<String> unserved = new TreeSet<>(policies.keySet());
    for (LeafNames each : served) {
      for (Set<String> leaf : each.leaves()) {
        unserved.removeIf(name -> leaf.contains(name) || isMatched(name, leaf));
      }
    }
    return unserved;
  }

  /** Returns the choice if nothing is known of the certificates. */
  Choice unknown() {
    return unknown;
  }

  /** Which policy holds, and what a person should know of that. Immutable. */
  static final class Choice {
    final Policy policy;
    final @Nullable String notice;

    Choice(Policy policy, @Nullable String notice) {
      this.policy = policy;
      this.notice = notice;
    }
  }

  /**
   * Chooses the one policy that all certificates of a context are under; that of the process if
   * there is no such one.
   *
   * @param leaves the names of each certificate, in lower case
   */
  Choice choose(List<Set<String>> leaves) {
    if (leaves.isEmpty()) {
      return unknown;
    }
    Set<Policy> found = new HashSet<>();
    Set<String> names = new TreeSet<>();
    for (Set<String> leaf : leaves) {
      Set<String> own = namesOf(leaf);
      if (own.isEmpty()) {
        found.add(process);
      }
      for (String name : own) {
        Policy policy = policies.get(name);
        found.add(policy == null ? process : policy);
      }
      names.addAll(own);
    }
    return found.size() == 1
        ? new Choice(found.iterator().next(), null)
        : new Choice(process, notToldApart(names));
  }

  private static String notToldApart(Set<String> names) {
    return "hitless.policy.name.… says different things of what one SSLContext serves, which is for "
        + names
        + (names.size() == 1 ? " and for others" : "")
        + ": its connections cannot be told apart, so what is set for the process holds for them;"
        + " give these names one policy, or have the server use a context for each";
  }

  /**
   * Returns the configured names that a certificate is for: those that stand in it, else those that
   * a wildcard in it stands for (RFC 9525, section 6.3).
   */
  private Set<String> namesOf(Set<String> leaf) {
    Set<String> exact = new TreeSet<>();
    Set<String> matched = new TreeSet<>();
    for (String name : policies.keySet()) {
      if (leaf.contains(name)) {
        exact.add(name);
      } else if (isMatched(name, leaf)) {
        matched.add(name);
      }
    }
    return exact.isEmpty() ? matched : exact;
  }

  private static boolean isMatched(String name, Set<String> leaf) {
    int dot = name.indexOf('.');
    return dot > 0 && !name.startsWith("*") && leaf.contains("*" + name.substring(dot));
  }
}
