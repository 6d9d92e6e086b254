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
import org.jspecify.annotations.Nullable;

/**
 * The served certificates whose origin was not found: said once, and searched for again at most
 * every few seconds, however many contexts are made of them.
 *
 * <p>Owned by the hitless thread; {@link #descriptions} may be called by any.
 */
final class Unbound {
  private static final int MOST = 1_000;
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration UNASKED = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Log log;
  private final Clock clock;
  private final Map<Fingerprint, Instant> searched = new Latest();
  private final Map<Fingerprint, Instant> firstSearched = new Latest();
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

  /**
   * Notes that the origin of a leaf was not found.
   *
   * @param asked whether a handshake has asked for it; before, only the status shows it for a
   *     while, since it may be a library's test of itself
   * @return after how long to search again, since its files may be in the middle of a replacement;
   *     null to leave it at that
   */
  @Nullable Duration add(X509Certificate leaf, String server, boolean asked) {
    Fingerprint fingerprint = Fingerprint.of(leaf);
    Instant now = clock.instant();
    Instant first = firstSearched.computeIfAbsent(fingerprint, f -> now);
    if (first.plus(PATIENCE).isAfter(now)) {
      return SOON;
    }
    searched.put(fingerprint, now);
    String description =
        leaf.getSubjectX500Principal() + " " + Names.of(leaf) + ", SHA-256 " + fingerprint;
    if (descriptions.size() < MOST) {
      descriptions.put(fingerprint, description);
    }
    if (!asked && first.plus(UNASKED).isAfter(now)) {
      return AGAIN.plus(SOON);
    }
    log.warnOnce(
        "not followed: no file was found that holds "
            + description
            + ", served by "
            + server
            + "; to bind it, set hitless.identity.<name>.keystore (or .cert and .key), .password and"
            + " .for="
            + fingerprint);
    return null;
  }

  void remove(X509Certificate leaf) {
    Fingerprint fingerprint = Fingerprint.of(leaf);
    searched.remove(fingerprint);
    firstSearched.remove(fingerprint);
    descriptions.remove(fingerprint);
  }

  List<String> descriptions() {
    synchronized (descriptions) {
      return new ArrayList<>(descriptions.values());
    }
  }

  /** Keeps the certificates that were asked for last. */
  private static final class Latest extends LinkedHashMap<Fingerprint, Instant> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Fingerprint, Instant> eldest) {
      return size() > MOST;
    }
  }
}
