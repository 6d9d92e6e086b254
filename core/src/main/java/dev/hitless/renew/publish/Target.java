package dev.hitless.renew.publish;

import dev.hitless.material.Location;

/**
 * One identity on disk, which a renewal is to replace: where it lies, and which one of those that
 * lie there it is.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public final class Target {
  private final Location location;
  private final String alias;

  /**
   * Creates a target; nothing is read.
   *
   * @param location the files; those of a pair in any order
   * @param alias the name of the identity among those that {@link Location#parse} gives: the
   *     keystore's alias, or {@code pem-0}, {@code pem-1}, …
   */
  public Target(Location location, String alias) {
    this.location = location;
    this.alias = alias;
  }

  /** Returns the files and what opens them. */
  public Location location() {
    return location;
  }

  /** Returns which of the identities in the files is meant. */
  public String alias() {
    return alias;
  }

  /** Returns format, paths and, for a keystore, the alias, in one line without secrets. */
  @Override
  public String toString() {
    return location.isKeyStore() ? location + ", alias " + alias : location.toString();
  }
}
