package dev.hitless.follow;

import dev.hitless.material.Format;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that may hold a key or certificate, as it was when it was looked at. Owned by the thread
 * of one {@link OriginFinder}.
 */
final class Sniffed {
  final Path path;
  final Format format;
  final byte[] content;

  /** Whether it has changed since the server opened it, give or take two seconds. */
  final boolean changedSinceOpened;

  /** Of PEM and DER files; empty for keystores. */
  final List<X509Certificate> certificates;

  final boolean holdsKey;

  private Sniffed(
      Path path,
      Format format,
      byte[] content,
      boolean changedSinceOpened,
      List<X509Certificate> certificates,
      boolean holdsKey) {
    this.path = path;
    this.format = format;
    this.content = content;
    this.changedSinceOpened = changedSinceOpened;
    this.certificates = certificates;
    this.holdsKey = holdsKey;
  }

  static Sniffed keyStore(Path path, Format format, byte[] content, boolean changedSinceOpened) {
    return new Sniffed(path, format, content, changedSinceOpened, new ArrayList<>(), true);
  }

  /**
   * Parses a PEM or DER file.
   *
   * @throws MaterialException if it is damaged
   */
  static Sniffed pem(Path path, Format format, byte[] content, boolean changedSinceOpened)
      throws MaterialException {
    PemReader.Holding contents = PemReader.holding(content);
    return new Sniffed(
        path, format, content, changedSinceOpened, contents.certificates(), contents.holdsKey());
  }

  boolean holds(X509Certificate wanted) {
    return certificates.contains(wanted);
  }

  /** Returns whether a certificate in a PEM or DER file could be the successor of a leaf. */
  boolean holdsSuccessorOf(X509Certificate leaf) {
    for (X509Certificate certificate : certificates) {
      if (Matches.sameNames(certificate, leaf)) {
        return true;
      }
    }
    return false;
  }
}
