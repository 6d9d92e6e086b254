package dev.hitless;

import dev.hitless.config.Config;
import dev.hitless.config.Settings;
import dev.hitless.config.StandardTrust;
import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.Gate;
import dev.hitless.follow.Hints;
import dev.hitless.policy.PolicyHooks;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.report.StatusBean;
import dev.hitless.report.StatusMXBean;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.RotatingKeyManager;
import dev.hitless.serve.RotatingTrust;
import dev.hitless.serve.TrustInterceptor;
import dev.hitless.session.OpenSslContexts;
import dev.hitless.session.SessionCutOff;
import dev.hitless.session.SessionHooks;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/**
 * hitless in one JVM: what the application does reaches it through {@link #interceptor} and the
 * clue methods, on whatever thread; all else happens on the thread that runs it.
 *
 * <p>Thread-safe. Run it once, on a daemon thread of its own.
 */
public final class Rotation implements Runnable {
  private final Settings settings;
  private final Supplier<Map<String, String>> hooks;
  private final SessionHooks sessionHooks;
  private final Clues clues;
  private final Counters counters = new Counters();
  private final Arrivals arrivals = new Arrivals();
  private final Interceptor interceptor = new Interceptor(new Intake());
  private final OpenSslContexts openSsl = new OpenSslContexts(interceptor.foreignCode());
  private final ServedNames names;
  private final LivePolicy policy;
  private final TrustInterceptor trustInterceptor;
  private final boolean trusting;
  private final @Nullable ThreadGroup group;
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final Queue<MBeanServer> servers = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Running running;

  /**
   * Creates what is not yet running; takes no time.
   *
   * @param settings what was configured
   * @param opened gives the given number of files that the process opened last, latest first
   * @param hooks gives the state of each hook by its name, for the status
   */
  public Rotation(
      Settings settings,
      IntFunction<List<Hints.OpenedFile>> opened,
      Supplier<Map<String, String>> hooks) {
    this(settings, opened, hooks, SessionHooks.NONE, PolicyHooks.NONE, null);
  }

  /**
   * The same where the JDK's own TLS can be made to check sessions when it resumes them, and to
   * keep to a policy.
   *
   * @param sessionHooks puts that in when the first session must not be resumed any more
   * @param policyHooks puts that in when the first policy is configured, here if that is so now
   * @param group where further threads are to belong; null for that of the thread that runs this
   */
  public Rotation(
      Settings settings,
      IntFunction<List<Hints.OpenedFile>> opened,
      Supplier<Map<String, String>> hooks,
      SessionHooks sessionHooks,
      PolicyHooks policyHooks,
      @Nullable ThreadGroup group) {
    this.group = group;
    this.settings = settings;
    this.hooks = hooks;
    this.sessionHooks = sessionHooks;
    this.clues = new Clues(opened);
    this.trusting = !"false".equalsIgnoreCase(settings.get("hitless.trust"));
    Intake intake = new Intake();
    this.names = new ServedNames(interceptor);
    this.policy = new LivePolicy(settings, policyHooks, names, intake, counters);
    this.trustInterceptor =
        new TrustInterceptor(interceptor, intake, new PeerPolicy(policy, names, counters, intake));
    policy.begin();
  }

  /** What exists once the thread has begun. */
  private static final class Running {
    final FollowLoop loop;
    final Binder binder;
    final TrustBinder trusts;
    final Log log;
    final StatusMXBean status;
    final @Nullable StatusBean bean;

    Running(
        FollowLoop loop,
        Binder binder,
        TrustBinder trusts,
        Log log,
        StatusMXBean status,
        @Nullable StatusBean bean) {
      this.trusts = trusts;
      this.status = status;
      this.loop = loop;
      this.binder = binder;
      this.log = log;
      this.bean = bean;
    }
  }

  /** Returns what key managers and contexts are passed through. */
  public Interceptor interceptor() {
    return interceptor;
  }

  /** Returns what trust managers and contexts are passed through; null if trust is left alone. */
  public @Nullable TrustInterceptor trustInterceptor() {
    return trusting ? trustInterceptor : null;
  }

  /** Returns what is told of OpenSSL: its sessions end with all others, and it is proved. */
  public OpenSslContexts openSsl() {
    return openSsl;
  }

  /** A KeyStore was loaded by the application. */
  public void keyStoreLoaded(KeyStore store, char @Nullable [] password) {
    clues.type(store.getType());
    clues.password(password);
    clues.loaded(store);
  }

  /** The application used a password. */
  public void password(char @Nullable [] password) {
    clues.password(password);
  }

  /** Returns whether there is anything to do for the thread that is to run this. */
  public boolean isNeeded() {
    return !arrivals.isEmpty() || !messages.isEmpty();
  }

  /** A class and no lambda: it is made while a program starts, which may use no lambda itself. */
  private final class Intake
      implements Interceptor.Listener, TrustInterceptor.Listener, Consumer<String> {
    @Override
    public void accept(String notice) {
      tell(notice);
    }

    @Override
    public void found(RotatingTrust trust) {
      Rotation.this.found(trust);
    }

    @Override
    public void found(RotatingKeyManager manager) {
      Rotation.this.found(manager);
    }

    @Override
    public void standsAside(String why) {
      tell(why);
    }
  }

  /** On an application thread: hands a manager to the hitless thread. */
  private void found(RotatingKeyManager manager) {
    counters.managers.increment();
    Running now = running;
    if (now != null && openSsl.tomcat().isMaking()) {
      now.binder.bind(manager, System.nanoTime()); // a task would come too late
      return;
    }
    arrivals.add(manager);
    soon(this::bindNext);
  }

  private void found(RotatingTrust trust) {
    arrivals.add(trust, clues.openings(trust.keyStore()));
    soon(this::bindNext);
  }

  private void soon(Runnable task) {
    Running now = running;
    if (now != null) {
      now.loop.execute(task);
    }
  }

  /** Returns how it stands; null before the thread has begun. */
  public @Nullable StatusMXBean status() {
    Running now = running;
    return now == null ? null : now.status;
  }

  /** Ends {@link #run}; what is served stays. */
  public void stop() {
    Running now = running;
    if (now != null) {
      now.loop.stop();
      now.binder.renewals().stop();
    }
  }

  /** Has a line logged, once, that a person should read. */
  public void tell(String message) {
    messages.add(message);
    soon(this::logMessages);
  }

  private void logMessages() {
    Running now = running;
    for (String message = messages.poll(); message != null; message = messages.poll()) {
      if (now != null) {
        now.log.warnOnce(message);
      }
    }
  }

  /** Somebody asked for the platform's MBean server, which exists from now on. */
  public void mbeanServer(MBeanServer server) {
    servers.add(server);
    soon(this::registerStatus);
  }

  private void registerStatus() {
    Running now = running;
    for (MBeanServer server = servers.poll(); server != null; server = servers.poll()) {
      if (now != null && now.bean != null) {
        now.bean.register(server);
      }
    }
  }

  /** Binds what was found before the hitless thread began; the binding itself comes by turns. */
  private void bindEarly() {
    Running now = running;
    for (int i = arrivals.size(); i > 0 && now != null; i--) {
      now.loop.execute(this::bindNext);
    }
  }

  private void bindNext() {
    Running now = running;
    if (now != null) {
      arrivals.bindNext(now.binder, now.trusts);
    }
  }

  @Override
  public void run() {
    Config config = new Config(settings);
    Log log = new Log(config.logLevel(), config.logFile());
    config.problems().forEach(log::warn);
    FollowLoop loop =
        new FollowLoop(
            config.poll(),
            (what, cause) -> {
              counters.failures.increment();
              log.warnOnce(
                  what
                      + ": "
                      + cause
                      + "; what is served stays, and the rest goes on being followed");
            });
    SessionCutOff cutOff =
        new SessionCutOff(
            sessionHooks, openSsl, Clock.systemUTC(), System::nanoTime, loop::later, log);
    Sessions sessions =
        new Sessions(
            cutOff,
            config.endingSessions(),
            policy::looksAtPeersByName,
            interceptor::contexts,
            loop,
            counters);
    Unbound unbound = new Unbound(log, Clock.systemUTC());
    ConfiguredTrusts configuredTrusts =
        new ConfiguredTrusts(config.trusts(), new StandardTrust(System.getProperties()), log);
    Binder binder =
        new Binder(
            loop,
            clues,
            new Configured(config.identities(), log),
            new Gate(config.strict(), configuredTrusts::standard),
            Clock.systemUTC(),
            log,
            counters,
            interceptor,
            unbound,
            new RenewalSetup(config.renewal(), Clock.systemUTC(), log, counters),
            sessions,
            openSsl,
            group);
    TrustBinder trusts =
        new TrustBinder(
            loop,
            clues,
            configuredTrusts,
            config.strict(),
            binder::presented,
            Clock.systemUTC(),
            log,
            new TrustRotations(log, counters, Clock.systemUTC(), trustInterceptor, sessions),
            unbound);
    openSsl.tomcat().spare(new RefusedFiles(binder, trusts), loop::later);
    Path endFile = config.endSessionsFile();
    if (endFile != null) {
      new EndSessionsFile(endFile, sessions, loop, config.poll()).run();
    }
    Status status =
        new Status(binder, trusts, unbound, counters, hooks, interceptor, sessions, policy);
    policy.follow(
        loop,
        Clock.systemUTC(),
        sessions,
        interceptor::contexts,
        () -> names.ofAll(binder.managers()),
        log);
    running =
        new Running(
            loop,
            binder,
            trusts,
            log,
            status,
            config.jmx() ? new StatusBean(() -> status, log) : null);
    loop.execute(this::bindEarly);
    loop.execute(this::registerStatus);
    loop.execute(this::logMessages);
    loop.run();
  }
}
