package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Trust;
import java.util.List;

/** The origin that was found for a set of trusted certificates. Immutable and thread-safe. */
public final class FoundTrust {
  private final TrustOrigin origin;
  private final Trust trust;
  private final Fingerprint digest;

  private FoundTrust(TrustOrigin origin, Trust trust, Fingerprint digest) {
    this.origin = origin;
    this.trust = trust;
    this.digest = digest;
  }

  /**
   * Reads what an origin holds now.
   *
   * @throws MaterialException why it holds no certificate
   */
  public static FoundTrust read(TrustOrigin origin) throws MaterialException {
    return parse(origin, origin.read());
  }

  static FoundTrust parse(TrustOrigin origin, List<byte[]> bytes) throws MaterialException {
    try {
      return new FoundTrust(
          origin, origin.load(bytes), Fingerprint.ofBytes(bytes.toArray(new byte[0][])));
    } catch (RuntimeException e) {
      throw new MaterialException(
          MaterialException.Reason.MALFORMED, origin.describe() + " is damaged: " + e, e);
    }
  }

  /** Returns the origin. */
  public TrustOrigin origin() {
    return origin;
  }

  /** Returns what the origin held when it was found; not what was sought if replaced since. */
  public Trust trust() {
    return trust;
  }

  /** Returns the SHA-256 over the bytes of all files. */
  public Fingerprint digest() {
    return digest;
  }

  @Override
  public String toString() {
    return origin.describe();
  }
}
