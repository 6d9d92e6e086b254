package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.Names;
import dev.hitless.renew.issue.IssuerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides which identities are renewed, and in which ways. Unless told, each issuer renews only
 * what it issued itself: a private CA never takes the place of a public one, nor renews somebody
 * else's client certificate.
 *
 * <p>Immutable and thread-safe.
 */
public final class Selection {
  private final List<Way> ways;
  private final List<IdentityPattern> patterns;

  /**
   * Creates a selection.
   *
   * @param ways in the order in which they are tried
   * @param patterns what is renewed, in all ways and whoever issued it, and nothing else; if there
   *     are none, what the ways issued
   */
  public Selection(List<Way> ways, List<IdentityPattern> patterns) {
    this.ways = Collections.unmodifiableList(new ArrayList<>(ways));
    this.patterns = Collections.unmodifiableList(new ArrayList<>(patterns));
  }

  /**
   * Returns the ways in which an identity is renewed, in order; none if it is left out.
   *
   * @throws IssuerException if that cannot be told now
   */
  List<Way> ways(Location location, Identity identity) throws IssuerException {
    if (!patterns.isEmpty()) {
      boolean meant =
          patterns.stream().anyMatch(p -> p.matches(Names.of(identity.leaf()), location.files()));
      return meant ? ways : Collections.emptyList();
    }
    List<Way> own = new ArrayList<>();
    for (Way way : ways) {
      if (way.issued(identity.leaf())) {
        own.add(way);
      }
    }
    return own;
  }

  /**
   * Returns whether an identity is renewed at all.
   *
   * @throws IssuerException if that cannot be told now
   */
  public boolean includes(Location location, Identity identity) throws IssuerException {
    return !ways(location, identity).isEmpty();
  }

  /** Returns why an identity that is left out is, and what would include it. */
  public String whyNot(Identity identity) {
    String how = "; add one of its names " + Names.of(identity.leaf()) + " or its file to";
    return patterns.isEmpty()
        ? "it was issued by "
            + identity.leaf().getIssuerX500Principal()
            + ", which "
            + ways
            + " cannot be told to be"
            + how
            + " hitless.renew.identity to have it renewed all the same"
        : "hitless.renew.identity=" + patterns + " does not name it" + how + " that";
  }
}
