package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import dev.hitless.renew.publish.PublicationException;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The histories of all targets: on disk where that is possible, else in memory, so that where
 * nothing can be written a failing renewal rests all the same. Thread-safe.
 */
final class Histories {
  private static final int MOST_SEEN = 10_000;

  private final Publisher publisher;
  private final Map<String, Unsaved> unsaved = new ConcurrentHashMap<>();

  /** When each certificate was seen first by this process, of the last few thousand. */
  private final Map<Fingerprint, Instant> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<Fingerprint, Instant>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Fingerprint, Instant> eldest) {
              return size() > MOST_SEEN;
            }
          });

  /** What could not be saved, and what was saved then. */
  private static final class Unsaved {
    final History history;
    final History saved;

    Unsaved(History history, History saved) {
      this.history = history;
      this.saved = saved;
    }
  }

  Histories(Publisher publisher) {
    this.publisher = publisher;
  }

  History load(Target target) {
    History saved = saved(target);
    Unsaved kept = unsaved.get(target.toString());
    if (kept == null) {
      return saved;
    }
    if (saved.tellsOfTheSameRenewals(kept.saved)) {
      return kept.history;
    }
    unsaved.remove(target.toString()); // another process has renewed since, and kept it on disk
    return saved;
  }

  private History saved(Target target) {
    try {
      return file(target).load();
    } catch (PublicationException e) {
      return History.none();
    }
  }

  /** Keeps a history on disk; to be called by the holder of the target's lock only. */
  void save(Target target, History history) {
    try {
      if (file(target).save(history)) {
        unsaved.remove(target.toString());
        return;
      }
    } catch (PublicationException e) {
      // Where the files cannot be replaced, no history can be kept beside them either.
      unsaved.remove(target.toString());
    }
    remember(target, history);
  }

  /** Keeps a history in memory only. */
  void remember(Target target, History history) {
    unsaved.put(target.toString(), new Unsaved(history, saved(target)));
  }

  /** Returns when a certificate was seen first, which is now if it was not seen yet. */
  Instant seen(Fingerprint certificate, Instant now) {
    return seen.computeIfAbsent(certificate, c -> now);
  }

  private HistoryFile file(Target target) throws PublicationException {
    Path home = publisher.home(target);
    return new HistoryFile(home, target);
  }
}
