package dev.hitless;

import dev.hitless.config.Settings;
import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.Follower;
import dev.hitless.follow.Generation;
import dev.hitless.follow.GenerationListener;
import dev.hitless.follow.Refusal;
import dev.hitless.follow.SettlingJudge;
import dev.hitless.policy.LeafNames;
import dev.hitless.policy.NamesServed;
import dev.hitless.policy.Policies;
import dev.hitless.policy.PolicyHooks;
import dev.hitless.policy.PolicyLayer;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force: what was configured at the start, from the first handshake on, and then what
 * the properties file says.
 *
 * <p>Made and {@linkplain #begin begun} by whichever thread first uses TLS; owned by the hitless
 * thread from {@link #follow} on. {@link #get} may be called by any.
 */
final class LivePolicy implements Supplier<@Nullable Policies>, GenerationListener<PolicyContent> {
  private final Settings settings;
  private final PolicyHooks hooks;
  private final NamesServed names;
  private final Consumer<String> notices;
  private final Counters counters;

  /** Null if there never was one, so that a process without a policy loads none of that. */
  private volatile @Nullable Policies inForce;

  private volatile boolean hooked = true;
  private @Nullable Log log;
  private @Nullable Sessions sessions;
  private volatile @Nullable UnservedNames unserved;
  private @Nullable Supplier<? extends Collection<SSLContext>> contexts;

  LivePolicy(
      Settings settings,
      PolicyHooks hooks,
      NamesServed names,
      Consumer<String> notices,
      Counters counters) {
    this.settings = settings;
    this.hooks = hooks;
    this.names = names;
    this.notices = notices;
    this.counters = counters;
  }

  /** Puts in force what is configured at the start, before anybody can begin a handshake. */
  void begin() {
    for (String name : settings.all().keySet()) {
      if (name.startsWith(Policies.PREFIX)) {
        put(Policies.of(settings.all()));
        return;
      }
    }
  }

  /** What asks for it is woven first: a policy that can be seen is in force. */
  private void put(Policies next) {
    hooked = next.isEmpty() || hooks.install(new PolicyLayer(this, names, notices));
    inForce = next;
  }

  /** Returns the policy in force; null if there never was one. */
  @Override
  public @Nullable Policies get() {
    return inForce;
  }

  /** Returns whether it hangs on the names of the server's own certificates who is let in. */
  boolean looksAtPeersByName() {
    Policies now = inForce;
    return now != null && now.looksAtPeersByName();
  }

  /** Returns its settings, for the status. */
  Map<String, String> shown() {
    Policies now = inForce;
    return now == null ? Collections.emptyMap() : now.settings();
  }

  /** Returns the DNS names that have a policy but no certificate, for the status. */
  List<String> unserved() {
    UnservedNames known = unserved;
    return known == null ? Collections.emptyList() : known.get();
  }

  /**
   * Says what is in force, and follows the properties file, if there is one, from now on.
   *
   * @param contexts gives all that are in use
   * @param served gives the names of all that is served; empty if nothing is, or not known
   */
  void follow(
      FollowLoop loop,
      Clock clock,
      Sessions sessions,
      Supplier<? extends Collection<SSLContext>> contexts,
      Supplier<Set<LeafNames>> served,
      Log log) {
    this.contexts = contexts;
    this.log = log;
    this.sessions = sessions;
    Policies first = inForce;
    String given = settings.file();
    if (first == null && given == null) {
      return;
    }
    UnservedNames looking = new UnservedNames(this, served, log::warn, log::info);
    unserved = looking;
    lookAgain(loop, looking);
    List<String> fixed = Policies.of(settings.fixed()).problems();
    for (String problem : fixed) {
      log.warn(problem + "; it is left out until the process is restarted with a better value");
    }
    if (first != null) {
      say(first, log);
    }
    if (given == null) {
      return;
    }
    Path file;
    try {
      file = Paths.get(given).toAbsolutePath();
    } catch (InvalidPathException e) {
      return; // that it cannot be read was said
    }
    loop.follow(
        new Follower<>(
            new PolicyFile(settings, file, fixed),
            new PolicyContent(first == null ? Policies.NONE : first, true),
            null,
            new SettlingJudge<>(
                (before, found) -> found.mayBeHalfAfter(before),
                "the policy that was in force before stays in force"),
            clock,
            this));
  }

  private static void lookAgain(FollowLoop loop, UnservedNames looking) {
    loop.later(
        () -> {
          try {
            looking.run();
          } finally {
            lookAgain(loop, looking);
          }
        },
        UnservedNames.INTERVAL);
  }

  private void say(Policies policies, Log log) {
    if (!hooked) {
      log.error(
          "this JDK's TLS could not be made to keep to a policy: "
              + policies
              + " is not in force, but for what it says of peers; configure the application itself,"
              + " or use a JDK that hitless is tested with");
      return;
    }
    if (contexts != null && !policies.isEmpty()) {
      for (SSLContext context : contexts.get()) {
        String uncovered = PeerPolicy.uncovered(context);
        if (uncovered != null) {
          log.warnOnce(uncovered);
        }
      }
    }
    log.info("policy in force for new connections: " + policies);
    if (policies.looksAtPeers() && "false".equalsIgnoreCase(settings.get("hitless.trust"))) {
      log.warnOnce("hitless.policy.peer.… has no effect with hitless.trust=false");
    }
  }

  @Override
  public void accepted(Generation<PolicyContent> generation) {
    Policies before = inForce == null ? Policies.NONE : inForce;
    Policies next = generation.material().policies();
    counters.policies.increment(); // before anybody can see it in force
    put(next);
    if (sessions != null && next.looksAtPeers() && next.mayRefuseMorePeersThan(before)) {
      sessions.endAll("the policy on peers is another");
    }
    if (log != null) {
      say(next, log);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    counters.refusals.increment();
    if (log != null) {
      log.warn("refused: " + refusal.reason());
    }
  }

  @Override
  public void healed() {
    if (log != null) {
      log.info("healed: the properties file says again what is in force");
    }
  }
}
