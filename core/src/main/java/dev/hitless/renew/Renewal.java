package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.renew.publish.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One identity that is kept renewed.
 *
 * <p>Owned by the renewal thread, but for {@link #status} and {@link #toString}, which any thread
 * may call.
 */
public final class Renewal {
  /** When to look again after something was thrown, or while another process renews. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Target target;
  private final Supplier<@Nullable Identity> served;
  private final Renewer renewer;

  private @Nullable Identity current;
  private @Nullable Fingerprint superseded;
  private @Nullable Fingerprint rehearsed;
  private History history = History.none();
  private Instant looked = Instant.MIN;
  private Instant next = Instant.MIN;
  private volatile @Nullable RenewalStatus status;

  /**
   * Creates a renewal; nothing happens yet.
   *
   * @param target where the identity lies
   * @param served gives the identity that is served from there, or null if there is none now;
   *     called on the renewal thread
   */
  public Renewal(Target target, Supplier<@Nullable Identity> served, Renewer renewer) {
    this.target = target;
    this.served = served;
    this.renewer = renewer;
  }

  /** Returns how it stands; null before it was looked at first. */
  public @Nullable RenewalStatus status() {
    return status;
  }

  /**
   * Looks at the certificate if it is time to, and renews it if it is due.
   *
   * @return when to look again; sooner if the clock is set back
   */
  Instant look(Clock clock) throws InterruptedException {
    Instant now = clock.instant();
    Identity identity = inFiles(now);
    boolean isTime = !now.isBefore(next) || now.isBefore(looked);
    if (identity == null || !isTime) {
      return next.isAfter(now) ? next : now.plus(SOON);
    }
    looked = now;
    Schedule schedule = renewer.schedule(identity, history);
    next = schedule.look(now); // should anything be thrown
    if (!now.isBefore(schedule.attempt()) && !identity.fingerprint().equals(rehearsed)) {
      attempt(identity, clock);
    } else {
      show(schedule);
      if (schedule.isLastLook(now)) {
        renewer.rehearse(target, identity);
      }
    }
    return next;
  }

  /** Returns what the files hold: what is served, unless it was just replaced; null if nothing. */
  private @Nullable Identity inFiles(Instant now) {
    Identity identity = served.get();
    if (identity == null || identity.equals(current)) {
      superseded = null;
      return identity;
    }
    if (identity.fingerprint().equals(superseded)) {
      return current;
    }
    take(identity, now);
    return identity;
  }

  private void take(Identity identity, Instant now) {
    current = identity;
    superseded = null;
    next = now; // another certificate, another schedule
    history = renewer.history(target);
  }

  private void attempt(Identity identity, Clock clock) throws InterruptedException {
    Outcome outcome = renewer.attempt(target, identity);
    Instant now = clock.instant();
    Identity found = outcome.identity();
    if (outcome.kind() == Outcome.Kind.WOULD_RENEW) {
      rehearsed = identity.fingerprint();
      found = identity;
    } else if (found != null && !found.equals(identity)) {
      take(found, now);
      superseded = identity.fingerprint();
    } else {
      found = identity;
      history = renewer.history(target);
    }
    Schedule schedule = renewer.schedule(found, history);
    next = schedule.look(now);
    Instant soon = now.plus(SOON);
    if (outcome.kind() == Outcome.Kind.BUSY && soon.isBefore(next)) {
      next = soon;
    }
    show(schedule);
  }

  private void show(Schedule schedule) {
    status =
        new RenewalStatus(schedule.attempt(), history.failuresOf(schedule.fingerprint()), history);
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
