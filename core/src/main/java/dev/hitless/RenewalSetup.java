package dev.hitless;

import dev.hitless.config.ConfiguredRenewal;
import dev.hitless.renew.IdentityPattern;
import dev.hitless.renew.Renewer;
import dev.hitless.renew.Selection;
import dev.hitless.renew.Way;
import dev.hitless.renew.Window;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.RealDisk;
import dev.hitless.renew.publish.RenewalLocks;
import dev.hitless.renew.publish.Repair;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of what was configured what renews: the issuers in order, the window, and what publishes.
 * What makes no sense is logged and left out.
 *
 * <p>Immutable; {@link #renewer} is used as it says, all else is thread-safe.
 */
public final class RenewalSetup {
  private final List<Way> ways;
  private final Window window;
  private final Selection selection;
  private final Repair repair;
  private final Renewer renewer;

  /**
   * Sets up; nothing is read or written.
   *
   * @param clock the wall clock
   */
  public RenewalSetup(ConfiguredRenewal configured, Clock clock, Log log, Counters counters) {
    this(configured, patterns(configured, log), clock, log, counters);
  }

  /**
   * Sets up for identities that a person named.
   *
   * @param patterns what may be renewed, whoever issued it; none: what the issuers issued
   */
  public RenewalSetup(
      ConfiguredRenewal configured,
      List<IdentityPattern> patterns,
      Clock clock,
      Log log,
      Counters counters) {
    Disk disk = new RealDisk();
    Publisher publisher = new Publisher(disk, configured.keep(), log::warn, clock);
    this.repair = new Repair(disk, log::warn);
    this.ways = new ConfiguredWays(configured, publisher, disk, clock, log).all();
    this.window = new Window(configured.window(), configured.check(), Window::byFingerprint);
    this.selection = new Selection(ways, patterns);
    this.renewer =
        new Renewer(
            disk,
            publisher,
            repair,
            new RenewalLocks(disk),
            selection,
            window,
            configured.dryRun(),
            clock,
            log,
            counters);
  }

  private static List<IdentityPattern> patterns(ConfiguredRenewal configured, Log log) {
    List<IdentityPattern> patterns = new ArrayList<>();
    for (String text : configured.identities()) {
      try {
        patterns.add(IdentityPattern.of(text));
      } catch (IllegalArgumentException e) {
        log.warn("hitless.renew.identity: " + text + " is no pattern: " + e.getMessage());
      }
    }
    if (patterns.isEmpty() && !configured.identities().isEmpty()) {
      patterns.add(IdentityPattern.of("")); // narrower than was meant, never wider
    }
    return patterns;
  }

  /** Returns whether anything can be renewed at all. */
  public boolean hasIssuer() {
    return !ways.isEmpty();
  }

  /** Returns when certificates are due. */
  public Window window() {
    return window;
  }

  /** Returns what is renewed, and in which ways. */
  public Selection selection() {
    return selection;
  }

  /** Returns what mends half-written files. */
  public Repair repair() {
    return repair;
  }

  /** Returns what renews. */
  public Renewer renewer() {
    return renewer;
  }
}
