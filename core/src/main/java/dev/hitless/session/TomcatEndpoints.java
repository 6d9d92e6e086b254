package dev.hitless.session;

import dev.hitless.report.Log;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of Tomcat, as long as the application uses them, for the hosts on them that OpenSSL
 * serves. It copies a key when a context is made, so another context is made by Tomcat, of the
 * files that it was configured with, looked at by an in-memory handshake, and only then put in the
 * place of the one before. Open connections, and handshakes on their way, keep the context that
 * they have.
 *
 * <p>{@link #note} may be called by any thread and does not look at what it is given; all else is
 * owned by the hitless thread.
 */
public final class TomcatEndpoints {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofMinutes(5);

  private final List<WeakReference<Object>> known = new CopyOnWriteArrayList<>();
  private final Executor inside;

  /** What contexts present, which never changes: each was looked at once. */
  private final Map<Object, Object> shown = Collections.synchronizedMap(new WeakHashMap<>());

  private volatile @Nullable Thread making;
  private @Nullable ContextJudge judge;
  private Predicate<String> isRefused = file -> false;
  private BiConsumer<Runnable, Duration> later = (task, delay) -> {};

  /** Hosts that could not be renewed, by {@link TomcatHost#key}. */
  private final Set<String> left = new HashSet<>();

  private Duration next = AGAIN;
  private boolean waiting;

  /**
   * Creates what knows of none yet.
   *
   * @param inside runs code of the application, at once and on the thread that gives it
   */
  public TomcatEndpoints(Executor inside) {
    this.inside = inside;
  }

  /**
   * One is given a host with TLS, not for the first time perhaps; it need not be complete.
   *
   * @param endpoint an {@code org.apache.tomcat.util.net.AbstractEndpoint} of any version
   */
  public void note(Object endpoint) {
    for (WeakReference<Object> each : known) { // no lambda: a program may be starting without any
      if (each.get() == endpoint) {
        return;
      }
    }
    known.add(new WeakReference<>(endpoint));
  }

  /** Says by what contexts are judged; without it none is made. */
  public void judgeBy(ContextJudge contextJudge) {
    judge = contextJudge;
  }

  /**
   * Keeps hosts from what hitless does not serve itself.
   *
   * @param refused tells of a file, as Tomcat's configuration names it, whether what it holds is
   *     refused now: a host is not made to read it before it holds something better
   * @param whenever has the hitless thread run something after a while
   */
  public void spare(Predicate<String> refused, BiConsumer<Runnable, Duration> whenever) {
    isRefused = refused;
    later = whenever;
  }

  /**
   * Puts new contexts in the place of those that present what was replaced, and where that was to
   * be done before and could not.
   */
  public void renew(Log log) {
    forEachHost((host, by) -> renew(host, by, !left.contains(host.key()), log), log);
  }

  /**
   * Puts new contexts in the place of all, which know of no session and name the authorities that
   * are trusted now.
   *
   * @return how many
   */
  public int renewAll(Log log) {
    int[] renewed = {0};
    forEachHost((host, by) -> renewed[0] += renew(host, by, false, log), log);
    return renewed[0];
  }

  /**
   * Has the contexts of OpenSSL looked at that should present a certificate, and those that present
   * what was replaced.
   *
   * @param look is given a context, and what makes engines of it
   */
  public void lookAtServers(
      Object certificate, BiConsumer<Object, Supplier<SSLEngine>> look, Log log) {
    forEachHost(
        (host, by) -> {
          for (TomcatCertificate each : host.certificates()) {
            Object context = each.openSslContext();
            Object presented = presented(context, by);
            if (context != null
                && presented != null
                && (presented.equals(certificate) || by.isFormer(presented))) {
              look.accept(context, () -> TomcatCertificate.newEngine(context));
            }
          }
        },
        log);
  }

  private int renew(TomcatHost host, ContextJudge by, boolean formerOnly, Log log)
      throws ReflectiveOperationException {
    int renewed = 0;
    for (TomcatCertificate each : host.certificates()) {
      Object presented = presented(each.openSslContext(), by);
      if (formerOnly && (presented == null || !by.isFormer(presented))) {
        continue;
      }
      if (host.files().stream().anyMatch(isRefused)) {
        leave(host, "one is refused here", log);
        return renewed;
      }
      try {
        Object made = make(each);
        Object now = presented(made, by);
        if (now != null && (now.equals(presented) || by.isCurrent(now))) {
          each.install(made);
          shown.remove(each.openSslContext());
          if (left.remove(host.key()) && left.isEmpty()) {
            next = AGAIN;
          }
          renewed++;
        } else {
          leave(host, "they hold what hitless does not serve", log);
        }
      } catch (InvocationTargetException e) {
        leave(host, String.valueOf(e.getCause()), log);
      }
    }
    return renewed;
  }

  private Object make(TomcatCertificate certificate) throws ReflectiveOperationException {
    making = Thread.currentThread();
    try {
      return certificate.newContext(inside);
    } finally {
      making = null;
    }
  }

  /**
   * Returns whether this thread makes a context now: it copies the key as soon as it has a manager,
   * which may be of a KeyStore that the application read long ago.
   */
  public boolean isMaking() {
    return making == Thread.currentThread();
  }

  private @Nullable Object presented(@Nullable Object context, ContextJudge by) {
    if (context == null) {
      return null;
    }
    Object presented = shown.get(context);
    if (presented == null) {
      presented = by.presented(() -> TomcatCertificate.newEngine(context));
      if (presented != null) {
        shown.put(context, presented);
      }
    }
    return presented;
  }

  /** Returns how many contexts in use were seen to present a certificate; for any thread. */
  public int presenting(Object certificate) {
    synchronized (shown) {
      return Collections.frequency(shown.values(), certificate);
    }
  }

  private void leave(TomcatHost host, String why, Log log) {
    log.warnOnce(
        "no new OpenSSL context is made for host "
            + host
            + " of Tomcat from its files ("
            + why
            + "): until that is mended it goes on with the key, the authorities and the sessions that"
            + " it has");
    left.add(host.key());
    if (!waiting) {
      waiting = true;
      later.accept(() -> tryAgain(log), next);
    }
  }

  private void tryAgain(Log log) {
    Set<String> hosts = new HashSet<>(left);
    left.clear();
    waiting = false;
    next = hosts.isEmpty() ? AGAIN : longer(next);
    forEachHost(
        (host, by) -> {
          if (hosts.contains(host.key())) {
            renew(host, by, false, log);
          }
        },
        log);
  }

  /** A context that is made in vain costs memory of OpenSSL's until the next collection. */
  private static Duration longer(Duration delay) {
    Duration twice = delay.multipliedBy(2);
    return twice.compareTo(MOST) < 0 ? twice : MOST;
  }

  /** What is done with a host. */
  private interface Visit {
    void to(TomcatHost host, ContextJudge by) throws ReflectiveOperationException;
  }

  private void forEachHost(Visit visit, Log log) {
    known.removeIf(each -> each.get() == null);
    ContextJudge by = judge;
    for (WeakReference<Object> each : known) {
      Object endpoint = each.get();
      if (endpoint != null && by != null) {
        try {
          for (TomcatHost host : TomcatHost.of(endpoint)) {
            visit(host, visit, by, log);
          }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
          unknown(endpoint.getClass().getName(), e, log);
        }
      }
    }
  }

  private static void visit(TomcatHost host, Visit visit, ContextJudge by, Log log) {
    try {
      visit.to(host, by);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      unknown("host " + host + " of Tomcat", e, log);
    }
  }

  private static void unknown(String what, Throwable cause, Log log) {
    log.warnOnce(
        what
            + " is not one that hitless knows ("
            + cause
            + "): if its connector uses OpenSSL, it presents the certificate of its start until a"
            + " restart");
  }
}
