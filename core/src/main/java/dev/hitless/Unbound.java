package dev.hitless;

import dev.hitless.material.Fingerprint;
import dev.hitless.report.Log;
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
 * The certificates, served or trusted, whose origin was not found: said once, and searched for
 * again at most every few seconds, however many contexts are made of them.
 *
 * <p>Owned by the hitless thread; {@link #descriptions} may be called by any.
 */
final class Unbound {
  /** What is known of the use of what has no origin. */
  enum Need {
    /** A handshake has asked for it. */
    ASKED,
    /** It may be a library's test of itself: only the status shows it for a while. */
    EXPECTED,
    /** Nobody may ever ask for it: only the status shows it. */
    OPTIONAL
  }

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

  boolean worthSearching(Fingerprint fingerprint) {
    Instant last = searched.get(fingerprint);
    return last == null || last.plus(AGAIN).isBefore(clock.instant());
  }

  /**
   * Notes that no origin was found, or that it was not worth searching for.
   *
   * @param fingerprint of the leaf, or of the set of trusted certificates
   * @param description what it is, without the fingerprint
   * @param user what serves or trusts it, and how to bind it: the end of the line
   * @param need what is known of its use
   * @return after how long to search again, since its files may be in the middle of a replacement;
   *     null to leave it at that
   */
  @Nullable Duration add(Fingerprint fingerprint, String description, String user, Need need) {
    Instant now = clock.instant();
    Instant first = firstSearched.computeIfAbsent(fingerprint, f -> now);
    if (first.plus(PATIENCE).isAfter(now)) {
      return SOON;
    }
    if (worthSearching(fingerprint)) {
      searched.put(
          fingerprint, now); // else another was not searched for: it is not put off by that
    }
    String described = description + ", SHA-256 " + fingerprint;
    if (descriptions.size() < MOST) {
      descriptions.put(fingerprint, described);
    }
    if (need != Need.ASKED && first.plus(UNASKED).isAfter(now)) {
      return AGAIN.plus(SOON);
    }
    if (need != Need.OPTIONAL) {
      log.warnOnce("not followed: no file was found that holds " + described + user);
    }
    return null;
  }

  void remove(Fingerprint fingerprint) {
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
