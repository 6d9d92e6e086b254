package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where identities were read from: files, format, passwords.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public interface IdentityOrigin extends Origin<Map<String, Identity>> {
  /** Returns the files, their format, and what opens them. */
  Location location();

  @Override
  default List<Path> files() {
    return location().files();
  }

  /**
   * Parses what {@link #read} returned, and keeps the digest of it.
   *
   * @throws MaterialException if it holds no usable identity; says why
   */
  default Contents parse(List<byte[]> bytes) throws MaterialException {
    return new Contents(Fingerprint.ofBytes(bytes.toArray(new byte[0][])), location().parse(bytes));
  }

  @Override
  default Map<String, Identity> load(List<byte[]> bytes) throws MaterialException {
    return parse(bytes).identities();
  }

  @Override
  default String describe() {
    return location().toString();
  }
}
