package dev.hitless.renew.issue;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The files of a CA, read anew each time, so that a CA that was rotated is used at once.
 *
 * <p>Keeps of what it read the SHA-256 only. Says once for each file if others than its owner may
 * read the CA's key. Used by one thread at a time.
 */
final class AuthorityFiles {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Location location;
  private final Disk disk;
  private final Clock clock;
  private final Consumer<String> warnings;
  private final Set<Path> warned = new HashSet<>();

  private List<FileStamp> stamps = Collections.emptyList();
  private List<Fingerprint> digests = Collections.emptyList();
  private Instant looked = Instant.MIN;

  AuthorityFiles(Location location, Disk disk, Clock clock, Consumer<String> warnings) {
    this.location = location;
    this.disk = disk;
    this.clock = clock;
    this.warnings = warnings;
  }

  /**
   * Returns whether the files hold what {@link #read} found last: at the cost of one look at each
   * file, or of reading it where that does not tell.
   *
   * @throws IssuerException if they cannot be read now
   */
  boolean areAsRead() throws IssuerException {
    if (digests.isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    List<FileStamp> found = stamps();
    if (areSince(found)) {
      return true;
    }
    if (!digests(contents()).equals(digests)) {
      return false;
    }
    stamps = found;
    looked = now;
    return true;
  }

  private boolean areSince(List<FileStamp> found) {
    for (int i = 0; i < found.size(); i++) {
      if (i >= stamps.size() || !found.get(i).isSince(stamps.get(i), looked)) {
        return false;
      }
    }
    return !found.isEmpty();
  }

  /** Returns no stamps if there is none of some file. */
  private List<FileStamp> stamps() {
    List<FileStamp> found = new ArrayList<>();
    for (Path file : location.files()) {
      try {
        found.add(disk.stamp(file));
      } catch (IOException | RuntimeException e) {
        return new ArrayList<>(); // Reading it tells why.
      }
    }
    return found;
  }

  private static List<Fingerprint> digests(List<byte[]> contents) {
    List<Fingerprint> digests = new ArrayList<>();
    contents.forEach(content -> digests.add(Fingerprint.ofBytes(content)));
    return digests;
  }

  /**
   * Reads the identities in the files.
   *
   * @throws IssuerException why there are none, and what to do
   */
  Map<String, Identity> read() throws IssuerException {
    digests = Collections.emptyList();
    looked = clock.instant();
    stamps = stamps();
    List<byte[]> contents = contents();
    try {
      Map<String, Identity> identities = location.parse(contents);
      for (int i = 0; i < contents.size(); i++) {
        if (location.isKeyStore() || PemReader.holdsKey(contents.get(i))) {
          warnIfOthersRead(location.files().get(i));
        }
      }
      digests = digests(contents);
      return identities;
    } catch (MaterialException e) {
      throw unusable(e);
    }
  }

  private List<byte[]> contents() throws IssuerException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : location.files()) {
      try {
        contents.add(disk.read(file));
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
    return contents;
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
