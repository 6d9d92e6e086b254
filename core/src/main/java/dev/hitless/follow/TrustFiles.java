package dev.hitless.follow;

import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Trust;
import java.nio.file.Path;
import java.util.List;

/**
 * A keystore, or PEM and DER files, with the certificates that are trusted. Immutable and
 * thread-safe.
 */
public final class TrustFiles implements TrustOrigin {
  private final Location location;

  /** Creates an origin; nothing is read yet. */
  public TrustFiles(Location location) {
    this.location = location;
  }

  @Override
  public List<Path> files() {
    return location.files();
  }

  @Override
  public boolean tellsWhole() {
    return location.isKeyStore();
  }

  @Override
  public Trust load(List<byte[]> bytes) throws MaterialException {
    return location.parseTrust(bytes);
  }

  @Override
  public String describe() {
    return location.toString();
  }

  @Override
  public String toString() {
    return describe();
  }
}
