package dev.hitless.session;

import dev.hitless.report.Log;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * Ends the resumption of all sessions that exist when it is called, and of those whose handshake is
 * on its way; open connections, and handshakes on their way, go on.
 *
 * <p>SunJSSE is asked to look at the cut-off whenever it finds a session or opens a ticket, from
 * the first cut-off on. Elsewhere sessions are invalidated, at once and again a few times, since
 * the session of a handshake that was on its way is listed only when that is done. Netty's OpenSSL
 * is given another session id context too, and Tomcat's is made anew.
 *
 * <p>Owned by the hitless thread.
 */
public final class SessionCutOff {
  private static final String SUN = "sun.security.ssl.SSLSessionContextImpl";

  /** By then no handshake that was on its way at the cut-off still is. */
  private static final List<Duration> AGAIN =
      Collections.unmodifiableList(
          Arrays.asList(
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              Duration.ofMinutes(5)));

  private final CutOffs cutOffs = new CutOffs();
  private final SessionHooks hooks;
  private final OpenSslContexts openSsl;
  private final CutOffTime time;
  private final BiConsumer<Runnable, Duration> later;
  private final Log log;

  /**
   * Prepares for the first cut-off.
   *
   * @param openSsl contexts that end their sessions at each cut-off, whichever it is of
   * @param nanoTime a monotonic clock, in nanoseconds
   * @param later has the hitless thread run something after a while
   */
  public SessionCutOff(
      SessionHooks hooks,
      OpenSslContexts openSsl,
      Clock clock,
      LongSupplier nanoTime,
      BiConsumer<Runnable, Duration> later,
      Log log) {
    this.hooks = hooks;
    this.openSsl = openSsl;
    this.time = new CutOffTime(clock, nanoTime);
    this.later = later;
    this.log = log;
  }

  /**
   * Has no session of the contexts, of either role, resumed that was made before now. To be called
   * after what made it necessary has taken effect, so that what is resumed later was made under it.
   *
   * @param why what ended, for the log: "a certificate authority was removed from …"
   * @return how many contexts have no such session any more, those of OpenSSL included
   */
  public int cutOff(Collection<SSLContext> contexts, String why) {
    if (!contexts.isEmpty()) {
      cutOff(contexts);
    }
    List<NettyContext> besides = openSsl.netty().end(log);
    endAgain(besides);
    int ended = contexts.size() + besides.size() + openSsl.tomcat().renewAll(log);
    if (ended > 0) {
      log.info(
          "sessions made until now are no longer resumed in "
              + ended
              + (ended == 1 ? " context: " : " contexts: ")
              + why);
    }
    return ended;
  }

  /**
   * Has those tell clients of authorities that were added who name them by a list that is made with
   * a context; its sessions end with it.
   */
  public void authoritiesAdded() {
    openSsl.tomcat().renewAll(log);
  }

  private void cutOff(Collection<SSLContext> contexts) {
    boolean hooked = installed();
    List<SSLSessionContext> asking = new ArrayList<>();
    List<SSLSessionContext> listing = new ArrayList<>();
    for (SSLContext context : contexts) {
      for (SSLSessionContext sessions : sessionContexts(context)) {
        boolean sun = isSun(sessions);
        if (sun) {
          asking.add(sessions);
        }
        if (!sun || !hooked) {
          listing.add(sessions);
        }
      }
    }
    long at = time.next();
    cutOffs.set(asking, at);
    if (!hooked && !asking.isEmpty()) {
      log.warnOnce(
          "this JDK could not be made to check sessions when it resumes them: those it lists are"
              + " ended, but a client that holds a ticket may still resume its session until it"
              + " expires; set jdk.tls.server.enableSessionTicketExtension=false and restart if"
              + " that must not be");
    }
    sweep(listing, at);
    sweepAgain(listing, at);
  }

  /**
   * Netty dates a session by the end of its handshake, so that one on its way cannot be told from a
   * later one: clients begin anew a few times. A server's are ended already.
   */
  private void endAgain(List<NettyContext> contexts) {
    List<NettyContext> clients = new ArrayList<>(contexts);
    clients.removeIf(each -> !each.isClient());
    for (Duration delay : clients.isEmpty() ? Collections.<Duration>emptyList() : AGAIN) {
      later.accept(() -> NettyContexts.end(clients, log), delay);
    }
  }

  /** The hooks are loaded only now, and the jar that they come from may be gone by then. */
  private boolean installed() {
    try {
      return hooks.install(cutOffs);
    } catch (RuntimeException | LinkageError e) {
      log.warnOnce("the hooks on the JDK's sessions could not be woven in: " + e);
      return false;
    }
  }

  /** Those of both roles; a provider need not have any. */
  private List<SSLSessionContext> sessionContexts(SSLContext context) {
    List<SSLSessionContext> found = new ArrayList<>();
    add(context::getServerSessionContext, found);
    add(context::getClientSessionContext, found);
    return found;
  }

  private void add(Supplier<@Nullable SSLSessionContext> role, List<SSLSessionContext> found) {
    SSLSessionContext sessions;
    try {
      sessions = role.get();
    } catch (UnsupportedOperationException | IllegalStateException e) {
      return; // a provider without sessions of this role, or a context that is not yet set up
    } catch (RuntimeException e) {
      log.warnOnce(
          "a TLS provider does not show its sessions ("
              + e
              + "): clients may resume them until they expire, or until a restart");
      return;
    }
    if (sessions != null) {
      found.add(sessions);
    }
  }

  /** By name and loader: an application may bring a class of the same name. */
  private static boolean isSun(SSLSessionContext sessions) {
    Class<?> type = sessions.getClass();
    return type.getName().equals(SUN) && type.getClassLoader() == null;
  }

  private void sweep(Collection<SSLSessionContext> contexts, long at) {
    for (SSLSessionContext each : contexts) {
      try {
        Sweep.of(each, at);
      } catch (RuntimeException e) {
        log.warnOnce(
            each.getClass().getName()
                + " does not let its sessions be ended ("
                + e
                + "): clients may resume them until they expire, or until a restart");
      }
    }
  }

  private void sweepAgain(List<SSLSessionContext> contexts, long at) {
    List<WeakReference<SSLSessionContext>> weak = new ArrayList<>();
    contexts.forEach(each -> weak.add(new WeakReference<>(each)));
    for (Duration delay : weak.isEmpty() ? Collections.<Duration>emptyList() : AGAIN) {
      later.accept(
          () -> {
            List<SSLSessionContext> live = new ArrayList<>();
            for (WeakReference<SSLSessionContext> each : weak) {
              SSLSessionContext context = each.get();
              if (context != null) {
                live.add(context);
              }
            }
            sweep(live, at);
          },
          delay);
    }
  }
}
