package dev.hitless.follow;

import dev.hitless.material.Location;
import java.nio.file.Path;
import java.util.List;

/**
 * PEM or DER files that together hold private keys and their certificates. Immutable and
 * thread-safe.
 */
public final class PemOrigin implements IdentityOrigin {
  private final Location location;

  /**
   * Creates an origin; nothing is read yet.
   *
   * @param files one or more, in any order; made absolute, symbolic links kept
   * @param passwords what may open encrypted keys, empty if none is known; copied
   * @throws IllegalArgumentException if there is no file
   */
  public PemOrigin(List<Path> files, List<char[]> passwords) {
    this.location = Location.pem(files, passwords);
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public String toString() {
    return describe();
  }
}
