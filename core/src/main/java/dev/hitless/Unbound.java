package dev.hitless;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Names;
import dev.hitless.report.Log;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The served certificates whose origin was not found: said once, and searched for again at most
 * every few seconds, however many contexts are made of them.
 *
 * <p>Owned by the hitless thread; {@link #descriptions} may be called by any.
 */
final class Unbound {
  private static final int MOST = 1_000;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Log log;
  private final Clock clock;
  private final Map<Fingerprint, Instant> searched =
      new LinkedHashMap<Fingerprint, Instant>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Instant> eldest) {
          return size() > MOST;
        }
      };
  private final Map<Fingerprint, String> descriptions =
      Collections.synchronizedMap(new LinkedHashMap<>());

  Unbound(Log log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  boolean worthSearching(X509Certificate leaf) {
    Instant last = searched.get(Fingerprint.of(leaf));
    return last == null || last.plus(AGAIN).isBefore(clock.instant());
  }

  void add(X509Certificate leaf, String server) {
    Fingerprint fingerprint = Fingerprint.of(leaf);
    searched.put(fingerprint, clock.instant());
    String description =
        leaf.getSubjectX500Principal() + " " + Names.of(leaf) + ", SHA-256 " + fingerprint;
    if (descriptions.size() < MOST && descriptions.put(fingerprint, description) == null) {
      log.warn(
          "not followed: no file was found that holds "
              + description
              + ", served by "
              + server
              + "; to bind it, set hitless.identity.<name>.keystore (or .cert and .key), .password and"
              + " .for="
              + fingerprint);
    }
  }

  void remove(X509Certificate leaf) {
    Fingerprint fingerprint = Fingerprint.of(leaf);
    searched.remove(fingerprint);
    descriptions.remove(fingerprint);
  }

  List<String> descriptions() {
    synchronized (descriptions) {
      return new ArrayList<>(descriptions.values());
    }
  }
}
