package dev.hitless;

import dev.hitless.follow.Contents;
import dev.hitless.follow.IdentityOrigin;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.renew.publish.Repair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An origin whose files a renewal may have left half-written, when its process was killed: where
 * they cannot be read, they are repaired before anyone doubts them. Costs nothing as long as they
 * can be.
 *
 * <p>Immutable and thread-safe.
 */
final class MendingOrigin implements IdentityOrigin {
  private final IdentityOrigin origin;
  private final Repair repair;

  MendingOrigin(IdentityOrigin origin, Repair repair) {
    this.origin = origin;
    this.repair = repair;
  }

  @Override
  public Location location() {
    return origin.location();
  }

  @Override
  public List<byte[]> read() throws MaterialException {
    try {
      return origin.read();
    } catch (MaterialException e) {
      if (mend(e)) {
        return origin.read();
      }
      throw e;
    }
  }

  @Override
  public Contents parse(List<byte[]> bytes) throws MaterialException {
    try {
      return origin.parse(bytes);
    } catch (MaterialException e) {
      if (mend(e)) {
        return origin.parse(origin.read());
      }
      throw e;
    }
  }

  private boolean mend(MaterialException cause) throws MaterialException {
    boolean mended = false;
    for (Path file : files()) {
      @Nullable Path directory = file.getParent();
      if (directory != null && repair.isNeeded(directory)) {
        try {
          mended |= repair.repair(directory);
        } catch (IOException e) {
          throw new MaterialException(
              cause.reason(), cause.getMessage() + "; " + e.getMessage(), cause);
        }
      }
    }
    return mended;
  }

  @Override
  public String toString() {
    return describe();
  }
}
