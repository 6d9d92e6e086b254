package dev.hitless.renew.issue;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The files of a CA, read anew each time, so that a CA that was rotated is used at once.
 *
 * <p>Says once for each file if others than its owner may read the CA's key. Used by one thread at
 * a time.
 */
final class AuthorityFiles {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Location location;
  private final Consumer<String> warnings;
  private final Set<Path> warned = new HashSet<>();

  AuthorityFiles(Location location, Consumer<String> warnings) {
    this.location = location;
    this.warnings = warnings;
  }

  /**
   * Reads the identities in the files.
   *
   * @throws IssuerException why there are none, and what to do
   */
  Map<String, Identity> read() throws IssuerException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : location.files()) {
      try {
        contents.add(Files.readAllBytes(file));
      } catch (IOException | SecurityException e) {
        throw new IssuerException(
            "the CA's file "
                + file
                + " cannot be read ("
                + e
                + "); nothing was signed. Check the path and that this process may read it.",
            e);
      }
    }
    try {
      Map<String, Identity> identities = location.parse(contents);
      for (int i = 0; i < contents.size(); i++) {
        if (location.isKeyStore() || PemReader.holdsKey(contents.get(i))) {
          warnIfOthersRead(location.files().get(i));
        }
      }
      return identities;
    } catch (MaterialException e) {
      throw unusable(e);
    }
  }

  /** Says that the files hold no usable CA. */
  IssuerException unusable(MaterialException e) {
    return new IssuerException(
        "no CA in the " + location + ": " + e.getMessage() + "; nothing was signed.", e);
  }

  private void warnIfOthersRead(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      Set<PosixFilePermission> others = EnumSet.copyOf(OF_OTHERS);
      others.retainAll(permissions);
      if (!others.isEmpty() && warned.add(file)) {
        warnings.accept(
            "the CA's key "
                + file
                + " can be read by others than its owner ("
                + PosixFilePermissions.toString(permissions)
                + "); whoever reads it can make certificates. Use: chmod go= "
                + file);
      }
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      // No POSIX permissions here, so there is nothing to tell.
      return;
    }
  }
}
