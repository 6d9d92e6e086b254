package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Names;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.Fence;
import dev.hitless.renew.publish.PublicationException;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.RenewalLock;
import dev.hitless.renew.publish.RenewalLocks;
import dev.hitless.renew.publish.Repair;
import dev.hitless.renew.publish.Target;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Renews one identity at a time: takes the lock of its files, reads them again, since somebody else
 * may have renewed meanwhile, has a new identity made in the first way that works, and says so once
 * it lies in the files.
 *
 * <p>Used by one thread at a time, but for {@link #issued}. Whatever goes wrong is an outcome; the
 * files then hold what they held before.
 */
public final class Renewer {
  private final Disk disk;
  private final Publisher publisher;
  private final Repair repair;
  private final RenewalLocks locks;
  private final Selection selection;
  private final Window window;
  private final boolean dryRun;
  private final Clock clock;
  private final Log log;
  private final Counters counters;
  private final Histories histories;
  private boolean rehearsed;

  /**
   * Creates a renewer; nothing is touched.
   *
   * @param selection what is renewed, and in which ways
   * @param dryRun whether to do all but write
   */
  public Renewer(
      Disk disk,
      Publisher publisher,
      Repair repair,
      RenewalLocks locks,
      Selection selection,
      Window window,
      boolean dryRun,
      Clock clock,
      Log log,
      Counters counters) {
    this.disk = disk;
    this.publisher = publisher;
    this.repair = repair;
    this.locks = locks;
    this.selection = selection;
    this.window = window;
    this.dryRun = dryRun;
    this.clock = clock;
    this.log = log;
    this.counters = counters;
    this.histories = new Histories(publisher);
  }

  /**
   * Returns when a certificate was issued, as far as is recorded beside its files; null if it is
   * not. May be called by any thread.
   */
  public @Nullable Instant issued(Target target, Fingerprint certificate) {
    return histories.load(target).issuedOf(certificate);
  }

  /** Returns what is remembered of a target. */
  History history(Target target) {
    return histories.load(target);
  }

  /** Returns what is to be done about an identity, given what is remembered of its target. */
  Schedule schedule(Identity identity, History history) {
    Instant now = clock.instant();
    return new Schedule(
        window, identity, history, histories.seen(identity.fingerprint(), now), now);
  }

  /**
   * Prepares for the first renewal, shortly before it is due: whatever leaves no trace is done once
   * for practice, without the lock, since the first time takes a second or two. What goes wrong is
   * left for the renewal to tell.
   *
   * @param identity that will be renewed first
   */
  void rehearse(Target target, Identity identity) throws InterruptedException {
    if (rehearsed || dryRun) {
      return;
    }
    rehearsed = true;
    Instant now = clock.instant();
    Lifetime lifetime = schedule(identity, histories.load(target)).lifetime();
    Attempt attempt = new Attempt(target, identity, lifetime, now, () -> {}, n -> {}, true, true);
    try {
      publisher.check(target, identity);
      for (Way way : selection.ways(target.location(), identity)) {
        way.rehearse(attempt);
      }
    } catch (IssuerException | PublicationException | RuntimeException e) {
      log.debug("the rehearsal of a renewal of " + target + " broke off: " + text(e));
    }
  }

  /** Renews an identity that is kept renewed if it is due, and logs how that went. */
  Outcome attempt(Target target, Identity known) throws InterruptedException {
    Outcome outcome = renew(target, known, false);
    switch (outcome.kind()) {
      case RENEWED:
      case WOULD_RENEW:
        log.info(outcome.message());
        break;
      case FAILED:
        Identity old = outcome.identity() == null ? known : outcome.identity();
        History history = histories.load(target);
        log.warn(
            outcome.message()
                + ", and attempt "
                + (history.failuresOf(old.fingerprint()) + 1)
                + " follows at "
                + schedule(old, history).attempt());
        break;
      default:
        break;
    }
    return outcome;
  }

  /**
   * Renews an identity once, if it is due. What the outcome tells is not logged; what else should
   * be known is, such as an issuer that failed before another one did not.
   *
   * @param known what lies there, as far as is known
   * @param forced whether to renew it even if it is not due
   */
  public Outcome renew(Target target, Identity known, boolean forced) throws InterruptedException {
    try {
      for (Path file : target.location().files()) {
        repair.repair(file.resolveSibling(""));
      }
      if (dryRun) {
        return renew(target, known, forced, () -> {});
      }
      Optional<RenewalLock> lock = locks.tryAcquire(publisher.home(target));
      if (!lock.isPresent()) {
        return new Outcome(
            Outcome.Kind.BUSY, null, target + " is being renewed by another process");
      }
      try (RenewalLock held = lock.get()) {
        return renew(target, known, forced, held);
      }
    } catch (PublicationException | IOException e) {
      return failed(target, known, text(e), false);
    }
  }

  private Outcome renew(Target target, Identity known, boolean forced, Fence fence)
      throws InterruptedException, PublicationException, IOException {
    Identity old;
    try {
      known.remember(); // what lies there, most times
      old = read(target);
    } catch (MaterialException e) {
      return failed(target, known, e.getMessage() + "; mend the files", !dryRun);
    }
    Instant now = clock.instant();
    Schedule schedule = schedule(old, histories.load(target));
    if (!forced && !schedule.isDue(now)) {
      String message = target + " holds " + old + ", which is not due before " + schedule.due();
      return new Outcome(Outcome.Kind.NOT_DUE, old, message);
    }
    List<Way> ways;
    try {
      ways = selection.ways(target.location(), old);
    } catch (IssuerException e) {
      return failed(target, old, text(e), !dryRun);
    }
    if (ways.isEmpty()) {
      return new Outcome(Outcome.Kind.LEFT_OUT, old, target + ": " + selection.whyNot(old));
    }
    publisher.check(target, old);
    Consumer<Identity> coming =
        next -> histories.save(target, histories.load(target).coming(next.fingerprint(), now));
    Attempt attempt =
        new Attempt(target, old, schedule.lifetime(), now, fence, coming, forced, dryRun);
    List<String> reasons = new ArrayList<>();
    for (Way way : ways) {
      try {
        return renewed(attempt, way, way.renew(attempt));
      } catch (PublicationException e) {
        if (e.reason() == PublicationException.Reason.BUSY) {
          return new Outcome(Outcome.Kind.BUSY, null, text(e));
        }
        return failed(target, old, text(e), !dryRun);
      } catch (IssuerException | RuntimeException e) {
        reasons.add(way + ": " + text(e));
        if (reasons.size() < ways.size()) {
          log.warn(target + " was not renewed by " + way + ", the next one is asked: " + text(e));
        }
      }
    }
    return failed(target, old, String.join("; ", reasons), !dryRun);
  }

  private Identity read(Target target) throws IOException, MaterialException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : target.location().files()) {
      contents.add(disk.read(file));
    }
    Identity found = target.location().parse(contents).get(target.alias());
    if (found == null) {
      throw new MaterialException(
          MaterialException.Reason.NO_KEY, target + " no longer holds an identity", null);
    }
    return found;
  }

  private Outcome renewed(Attempt attempt, Way way, Identity next) {
    Target target = attempt.target();
    if (attempt.isDryRun() && next.equals(attempt.old())) {
      String line = "dry run: " + target + " is due, and " + way + " would be run; nothing is";
      return new Outcome(Outcome.Kind.WOULD_RENEW, next, line);
    }
    String which =
        next.leaf().getSubjectX500Principal()
            + " "
            + Names.of(next.leaf())
            + ", SHA-256 "
            + next.fingerprint()
            + ", valid until "
            + Lifetime.of(next.leaf(), attempt.now(), null).expires()
            + ", issued by "
            + way;
    if (attempt.isDryRun()) {
      String line = "dry run: would renew " + target + " with " + which + "; nothing is written";
      return new Outcome(Outcome.Kind.WOULD_RENEW, next, line);
    }
    History history =
        histories.load(target).renewed(next.fingerprint(), attempt.now(), way.toString());
    histories.save(target, history);
    counters.renewals.increment();
    Instant due = schedule(next, history).due();
    String line = "renewed " + which + ", in " + target + "; the next renewal is due at " + due;
    return new Outcome(Outcome.Kind.RENEWED, next, line);
  }

  private Outcome failed(Target target, Identity old, String why, boolean locked) {
    counters.renewalFailures.increment();
    History history = histories.load(target).failed(old.fingerprint(), clock.instant(), why);
    if (locked) {
      histories.save(target, history);
    } else {
      histories.remember(target, history);
    }
    String line =
        target
            + " was not renewed: "
            + why
            + "; the certificate before stays, valid until "
            + schedule(old, history).lifetime().expires();
    return new Outcome(Outcome.Kind.FAILED, old, line);
  }

  private static String text(Throwable t) {
    String message = t.getMessage();
    return t instanceof IssuerException
            || t instanceof PublicationException
            || t instanceof IOException
        ? String.valueOf(message)
        : t.toString();
  }
}
