package dev.hitless.follow;

import dev.hitless.material.Identity;
import dev.hitless.material.KeyTypes;
import dev.hitless.material.Names;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Picks, among the identities that an origin holds, the one that stands for a served leaf. */
final class Matches {
  private Matches() {}

  /** Returns the identity with that very leaf; null if the origin has none, or is null itself. */
  static @Nullable Found exact(
      @Nullable IdentityOrigin origin, @Nullable Contents contents, X509Certificate leaf) {
    if (origin == null || contents == null) {
      return null;
    }
    for (Map.Entry<String, Identity> entry : contents.identities().entrySet()) {
      if (entry.getValue().leaf().equals(leaf)) {
        return new Found(origin, entry.getKey(), contents, true);
      }
    }
    return null;
  }

  /**
   * Returns the identity that took the leaf's place: of the same names, rather of the same key type
   * than of another, and then the one that is valid longest.
   */
  static @Nullable Found successor(
      @Nullable IdentityOrigin origin, @Nullable Contents contents, X509Certificate leaf) {
    if (origin == null || contents == null) {
      return null;
    }
    Map.Entry<String, Identity> best = null;
    for (Map.Entry<String, Identity> entry : contents.identities().entrySet()) {
      X509Certificate candidate = entry.getValue().leaf();
      if (sameNames(candidate, leaf)
          && (best == null || isBetter(candidate, best.getValue().leaf(), leaf))) {
        best = entry;
      }
    }
    return best == null ? null : new Found(origin, best.getKey(), contents, false);
  }

  /** Returns whether both are for the same names: equal alternative names, or one common name. */
  static boolean sameNames(X509Certificate one, X509Certificate other) {
    SortedSet<String> names = Names.of(one);
    if (!names.isEmpty() && names.equals(Names.of(other))) {
      return true;
    }
    String commonName = Names.commonName(one);
    return commonName != null && commonName.equalsIgnoreCase(Names.commonName(other));
  }

  private static boolean isBetter(X509Certificate one, X509Certificate than, X509Certificate leaf) {
    boolean oneFits = sameKeyType(one, leaf);
    if (oneFits != sameKeyType(than, leaf)) {
      return oneFits;
    }
    return one.getNotAfter().toInstant().isAfter(than.getNotAfter().toInstant());
  }

  private static boolean sameKeyType(X509Certificate one, X509Certificate other) {
    return KeyTypes.of(one.getPublicKey()).equals(KeyTypes.of(other.getPublicKey()));
  }
}
