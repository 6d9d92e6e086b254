package dev.hitless;

import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.report.Counters;
import dev.hitless.serve.TrustChanges;
import dev.hitless.session.SessionCutOff;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * When sessions are no longer resumed: after what was trusted is not, after an identity changed if
 * that was configured or it now is under another policy on peers, and when a person says so.
 *
 * <p>Owned by the hitless thread; {@link #endAllNow} may be called by any other.
 */
final class Sessions implements TrustChanges {
  private static final long PATIENCE_SECONDS = 30;

  private final SessionCutOff cutOff;
  private final boolean endWithIdentity;
  private final BooleanSupplier namesMatter;
  private final Supplier<? extends Collection<SSLContext>> all;
  private final Executor hitlessThread;
  private final Counters counters;

  /**
   * Creates the rules.
   *
   * @param endWithIdentity whether the rotation of an identity ends the sessions of its contexts
   * @param namesMatter whether it hangs on the names of an identity who is let in
   * @param all gives all contexts that are in use
   */
  Sessions(
      SessionCutOff cutOff,
      boolean endWithIdentity,
      BooleanSupplier namesMatter,
      Supplier<? extends Collection<SSLContext>> all,
      Executor hitlessThread,
      Counters counters) {
    this.cutOff = cutOff;
    this.endWithIdentity = endWithIdentity;
    this.namesMatter = namesMatter;
    this.all = all;
    this.hitlessThread = hitlessThread;
    this.counters = counters;
  }

  /** A new identity is being served in the contexts. */
  void identityRotated(Collection<SSLContext> contexts, Identity old, Identity next) {
    if (endWithIdentity) {
      end(contexts, next.fingerprint() + " has taken the place of " + old.fingerprint());
    } else if (namesMatter.getAsBoolean() && !Names.of(old.leaf()).equals(Names.of(next.leaf()))) {
      end(contexts, "the names that the policy on peers goes by are others");
    }
  }

  @Override
  public void trustShrunk(Collection<SSLContext> contexts, String origin) {
    end(contexts, "what " + origin + " no longer holds is no longer trusted");
  }

  @Override
  public void trustGrew() {
    cutOff.authoritiesAdded();
  }

  /** Ends the sessions of all contexts; returns in how many. */
  int endAll(String why) {
    return end(all.get(), why);
  }

  private int end(Collection<SSLContext> contexts, String why) {
    int ended = cutOff.cutOff(contexts, why);
    if (ended > 0) {
      counters.cutOffs.increment();
    }
    return ended;
  }

  /** Has the hitless thread end the sessions of all contexts, and waits until that is done. */
  int endAllNow() {
    FutureTask<Integer> task = new FutureTask<>(() -> endAll("asked for through JMX"));
    hitlessThread.execute(task);
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the sessions are ended soon", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the hitless thread is busy; it ends the sessions later", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the sessions could not be ended: " + e.getCause(), e);
    }
  }
}
