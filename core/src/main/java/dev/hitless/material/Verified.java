package dev.hitless.material;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers the checks by signature that succeeded last, each as one digest of all that it was
 * about: one and the same pair of keys and chain is met a dozen times as it is issued, checked,
 * written, read again and served, and each signature takes milliseconds. What failed is tried
 * again. Thread-safe.
 */
public final class Verified {
  /** The meetings of one pair follow each other closely. */
  private static final int MOST = 256;

  private final Set<Fingerprint> known =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<Fingerprint, Boolean>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Fingerprint, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  /** Creates one that remembers nothing yet. */
  public Verified() {}

  /** A check that takes long, with the same outcome whenever it succeeds. */
  public interface Check {
    boolean succeeds();
  }

  /**
   * Returns whether a check succeeds or has succeeded.
   *
   * @param about all that its outcome depends on
   */
  public boolean succeeds(Fingerprint about, Check check) {
    if (known.contains(about)) {
      return true;
    }
    boolean verified = check.succeeds();
    if (verified) {
      known.add(about);
    }
    return verified;
  }

  /** Remembers what was seen to hold in another way. */
  public void add(Fingerprint about) {
    known.add(about);
  }
}
