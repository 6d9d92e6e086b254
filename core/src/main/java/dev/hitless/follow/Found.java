package dev.hitless.follow;

import dev.hitless.material.Identity;
import java.util.Objects;

/** The origin that was found for a served certificate. Immutable and thread-safe. */
public final class Found {
  private final IdentityOrigin origin;
  private final String alias;
  private final Contents contents;
  private final boolean exact;

  /**
   * Creates one.
   *
   * @param alias which of the identities in {@code contents} stands for the served certificate
   * @param exact see {@link #exact}
   * @throws IllegalArgumentException if there is no such alias
   */
  public Found(IdentityOrigin origin, String alias, Contents contents, boolean exact) {
    if (!contents.identities().containsKey(alias)) {
      throw new IllegalArgumentException("no such alias in the origin: " + alias);
    }
    this.origin = origin;
    this.alias = alias;
    this.contents = contents;
    this.exact = exact;
  }

  /** Returns the origin. */
  public IdentityOrigin origin() {
    return origin;
  }

  /** Returns the alias of the identity in the origin; a server may know it by another. */
  public String alias() {
    return alias;
  }

  /** Returns what the origin held when it was found. */
  public Contents contents() {
    return contents;
  }

  /** Returns the identity in the origin that stands for the served certificate. */
  public Identity identity() {
    return Objects.requireNonNull(contents.identities().get(alias));
  }

  /**
   * Returns whether the origin holds the very certificate that is served. If not, its files were
   * replaced since the server read them, and hold its successor.
   */
  public boolean exact() {
    return exact;
  }

  @Override
  public String toString() {
    return alias + " in " + origin.describe() + (exact ? "" : " (replaced since it was read)");
  }
}
