package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the files of an origin held at one moment: the identities by their alias in the files.
 *
 * <p>Immutable and thread-safe.
 */
public final class Contents {
  private final Fingerprint digest;
  private final Map<String, Identity> identities;

  /**
   * Creates contents.
   *
   * @param digest SHA-256 over the bytes of all files, in the origin's order
   * @param identities never empty; for PEM files the alias is {@code pem-0}, {@code pem-1}, …
   */
  public Contents(Fingerprint digest, Map<String, Identity> identities) {
    this.digest = digest;
    this.identities = Collections.unmodifiableMap(new LinkedHashMap<>(identities));
  }

  /** Returns the SHA-256 over the bytes of all files. */
  public Fingerprint digest() {
    return digest;
  }

  /** Returns the identities by alias, in the order of the files; unmodifiable. */
  public Map<String, Identity> identities() {
    return identities;
  }
}
