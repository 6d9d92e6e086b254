package dev.hitless;

import dev.hitless.policy.LeafNames;
import dev.hitless.policy.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The DNS names that have a policy but no certificate: misspelt perhaps, and then what is meant for
 * a host does not hold for it.
 *
 * <p>A server may take its time to set up its TLS, so a name is missed only once two looks in a row
 * have found the same certificates, and that name among none of them. Owned by the hitless thread;
 * {@link #get} may be called by any.
 */
final class UnservedNames implements Runnable, Supplier<List<String>> {
  /** Between two looks. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int MOST_SHOWN = 10;

  private final Supplier<@Nullable Policies> policies;
  private final Supplier<Set<LeafNames>> served;
  private final Consumer<String> warnings;
  private final Consumer<String> notes;
  private NavigableSet<String> seen = Collections.emptyNavigableSet();
  private final Set<String> said = new HashSet<>();
  private volatile List<String> missing = Collections.emptyList();

  /**
   * Creates what has yet to look.
   *
   * @param policies gives those in force, or null
   * @param served gives the names of all that is served, in each context; empty if nothing is, or
   *     that is not known
   * @param warnings takes what a person should look after, a line each
   * @param notes takes what a person is glad to know, a line each
   */
  UnservedNames(
      Supplier<@Nullable Policies> policies,
      Supplier<Set<LeafNames>> served,
      Consumer<String> warnings,
      Consumer<String> notes) {
    this.policies = policies;
    this.served = served;
    this.warnings = warnings;
    this.notes = notes;
  }

  /** Returns the names that were missed at the last look, sorted; unmodifiable. */
  @Override
  public List<String> get() {
    return missing;
  }

  /** Looks, and says what is missed since, or no longer. */
  @Override
  public void run() {
    Policies now = policies.get();
    if (now == null || !now.hasNames()) {
      said.clear();
      missing = Collections.emptyList();
      return;
    }
    Set<LeafNames> leaves = served.get();
    if (leaves.isEmpty()) {
      return;
    }
    NavigableSet<String> unserved = now.unserved(leaves);
    NavigableSet<String> all = new TreeSet<>();
    leaves.forEach(each -> all.addAll(each.all()));
    if (!all.equals(seen)) {
      seen = all;
      unserved.retainAll(said); // the others may come with what was set up just now
    }
    for (String name : unserved) {
      if (said.add(name)) {
        warnings.accept(
            "no certificate that is served is for "
                + name
                + ", so hitless.policy.name."
                + name
                + ".… holds for no connection; what is set for the process holds for all but those"
                + " of other names and ports. Served are certificates for "
                + shown(all)
                + ": mend the name, or take its policy out");
      }
    }
    List<String> found = new ArrayList<>(said);
    found.removeAll(unserved);
    for (String name : found) {
      said.remove(name);
      if (now.names().contains(name)) {
        notes.accept("a certificate for " + name + " is served now, which its policy was missing");
      }
    }
    missing = Collections.unmodifiableList(new ArrayList<>(unserved));
  }

  private static String shown(NavigableSet<String> names) {
    int more = names.size() - MOST_SHOWN;
    return more <= 0
        ? names.toString()
        : new ArrayList<>(names).subList(0, MOST_SHOWN) + " and " + more + " more";
  }
}
