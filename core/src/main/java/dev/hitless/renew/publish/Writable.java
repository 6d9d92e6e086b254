package dev.hitless.renew.publish;

import dev.hitless.material.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known to be written in a form that can be written again, because it was, or was tried:
 * trying takes as long as the encryption by passwords that it holds. Used by one thread at a time.
 */
final class Writable {
  private static final int MOST = 10_000;

  /** A digest of the contents by the text of the target. */
  private final Map<String, Fingerprint> contents =
      new LinkedHashMap<String, Fingerprint>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fingerprint> eldest) {
          return size() > MOST;
        }
      };

  boolean knows(Snapshot snapshot) {
    return digest(snapshot).equals(contents.get(snapshot.target.toString()));
  }

  void add(Snapshot snapshot) {
    contents.put(snapshot.target.toString(), digest(snapshot));
  }

  private static Fingerprint digest(Snapshot snapshot) {
    return Fingerprint.ofBytes(snapshot.contents.toArray(new byte[0][]));
  }
}
