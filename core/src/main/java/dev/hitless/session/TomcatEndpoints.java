package dev.hitless.session;

import dev.hitless.report.Log;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of Tomcat, as long as the application uses them, for the hosts on them that OpenSSL
 * serves. It copies a key when a context is made, so such a host is asked to read its files again
 * and to make new contexts ({@code AbstractEndpoint.reloadSslHostConfig}), as an operator would
 * through JMX. Open connections, and handshakes on their way, keep the context that they have.
 *
 * <p>{@link #note} may be called by any thread and does not look at what it is given; all else is
 * owned by the hitless thread.
 */
public final class TomcatEndpoints {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final List<WeakReference<Object>> known = new CopyOnWriteArrayList<>();
  private final Executor inside;
  private Predicate<String> isRefused = file -> false;
  private BiConsumer<Runnable, Duration> later = (task, delay) -> {};
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

  /**
   * Keeps hosts from what hitless does not serve itself.
   *
   * @param isRefused tells of a file, as Tomcat's configuration names it, whether what it holds is
   *     refused now: a host of that is not asked to read it before it holds something better
   * @param later has the hitless thread run something after a while
   */
  public void spare(Predicate<String> isRefused, BiConsumer<Runnable, Duration> later) {
    this.isRefused = isRefused;
    this.later = later;
  }

  /**
   * Has those hosts read their files again of which a context presents what it should not.
   *
   * @param isFormer judges a context by what makes engines of it
   */
  public void renew(Predicate<Supplier<SSLEngine>> isFormer, Log log) {
    forEachHost(
        host -> {
          for (Object context : host.contexts()) {
            if (isFormer.test(() -> host.newEngine(context))) {
              reload(host, log);
              return;
            }
          }
        },
        log);
  }

  /**
   * Has all contexts of OpenSSL looked at.
   *
   * @param look is given a context, and what makes engines of it
   */
  public void lookAtServers(BiConsumer<Object, Supplier<SSLEngine>> look, Log log) {
    forEachHost(
        host -> {
          for (Object context : host.contexts()) {
            look.accept(context, () -> host.newEngine(context));
          }
        },
        log);
  }

  /**
   * Has all hosts of OpenSSL make new contexts, which know of no session.
   *
   * @return how many hosts did
   */
  public int reloadAll(Log log) {
    int[] reloaded = {0};
    forEachHost(
        host -> {
          if (!host.contexts().isEmpty() && reload(host, log)) {
            reloaded[0]++;
          }
        },
        log);
    return reloaded[0];
  }

  private boolean reload(TomcatHost host, Log log) throws ReflectiveOperationException {
    if (host.files().stream().anyMatch(isRefused)) {
      wait(host, log);
      return false;
    }
    try {
      host.reload(inside);
      return true;
    } catch (InvocationTargetException e) {
      log.warn(
          "Tomcat could not read the files of host "
              + host
              + " again for OpenSSL ("
              + e.getCause()
              + "); it goes on with the key, the trust and the sessions that it has, until the files"
              + " change once more or it is restarted");
      return false;
    }
  }

  private void wait(TomcatHost host, Log log) {
    log.warnOnce(
        "Tomcat is not asked to read the files of host "
            + host
            + " again for OpenSSL as long as one is refused here: until then it goes on with the key,"
            + " the trust and the sessions that it has");
    if (!waiting) {
      waiting = true;
      later.accept(
          () -> {
            waiting = false;
            reloadAll(log);
          },
          AGAIN);
    }
  }

  /** What is done with a host. */
  private interface Visit {
    void to(TomcatHost host) throws ReflectiveOperationException;
  }

  private void forEachHost(Visit visit, Log log) {
    known.removeIf(each -> each.get() == null);
    for (WeakReference<Object> each : known) {
      Object endpoint = each.get();
      if (endpoint != null) {
        try {
          for (TomcatHost host : TomcatHost.of(endpoint)) {
            visit.to(host);
          }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
          unknown(endpoint, e, log);
        }
      }
    }
  }

  private static void unknown(Object endpoint, @Nullable Throwable cause, Log log) {
    log.warnOnce(
        endpoint.getClass().getName()
            + " is not one that hitless knows ("
            + cause
            + "): if its connector uses OpenSSL, it presents the certificate of its start until a"
            + " restart");
  }
}
