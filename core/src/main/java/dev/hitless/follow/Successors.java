package dev.hitless.follow;

import dev.hitless.material.Identity;
import dev.hitless.material.KeyTypes;
import dev.hitless.material.Names;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Finds, for each identity being served, the one in the new contents that follows it. No identity
 * follows two, and a better match is never given up for a worse one.
 *
 * <p>Not thread-safe: lives for one call.
 */
final class Successors {
  /** Aliases that only count the keys of a file, whose order means nothing. */
  private static final Pattern POSITION = Pattern.compile("pem-\\d+");

  private final Map<String, Identity> served;
  private final Map<String, Identity> found;
  private final Map<String, Identity> successors = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private Successors(Map<String, Identity> served, Map<String, Identity> found) {
    this.served = served;
    this.found = found;
  }

  /** Returns the successor by served alias; an alias without one is absent. */
  static Map<String, Identity> of(Map<String, Identity> served, Map<String, Identity> found) {
    Successors successors = new Successors(new LinkedHashMap<>(served), found);
    successors.pass((was, is) -> was.equals(is) && !POSITION.matcher(was).matches());
    if (found.size() == 1 && served.size() == 1) {
      successors.pass((was, is) -> true);
    }
    successors.passOver(Identity::equals);
    successors.passOver((was, is) -> sameNames(was, is) && sameType(was, is));
    successors.passOver(Successors::sameNames);
    successors.passOver((was, is) -> overlappingNames(was, is) && sameType(was, is));
    successors.passOver(Successors::overlappingNames);
    successors.pass(String::equals);
    return successors.successors;
  }

  private void passOver(BiPredicate<Identity, Identity> matches) {
    pass((was, is) -> matches.test(get(served, was), get(found, is)));
  }

  private void pass(BiPredicate<String, String> matches) {
    for (String was : served.keySet()) {
      for (String is : found.keySet()) {
        if (!successors.containsKey(was) && !taken.contains(is) && matches.test(was, is)) {
          successors.put(was, get(found, is));
          taken.add(is);
        }
      }
    }
  }

  private static Identity get(Map<String, Identity> identities, String alias) {
    return Objects.requireNonNull(identities.get(alias));
  }

  private static boolean sameNames(Identity was, Identity is) {
    return Names.of(was.leaf()).equals(Names.of(is.leaf()));
  }

  private static boolean overlappingNames(Identity was, Identity is) {
    return !Collections.disjoint(Names.of(was.leaf()), Names.of(is.leaf()));
  }

  private static boolean sameType(Identity was, Identity is) {
    return KeyTypes.of(was.leaf().getPublicKey()).equals(KeyTypes.of(is.leaf().getPublicKey()));
  }
}
