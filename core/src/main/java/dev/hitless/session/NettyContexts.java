package dev.hitless.session;

import dev.hitless.report.Log;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The OpenSSL contexts of Netty, as long as the application uses them: they have sessions of their
 * own and no {@link javax.net.ssl.SSLContext}. Which of them trusts or shows what is not known, so
 * each cut-off is one of all.
 *
 * <p>{@link #note} may be called by any thread and does not look at what it is given; all else is
 * owned by the hitless thread.
 */
public final class NettyContexts {
  private final Set<NettyContext> known = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<Object> freed = new ReferenceQueue<>();

  /** Creates what knows of none yet. */
  public NettyContexts() {}

  /**
   * One is being made; it need not be complete.
   *
   * @param context a {@code ReferenceCountedOpenSslContext} of any version, in whatever package
   */
  public void note(Object context) {
    for (Reference<?> gone = freed.poll(); gone != null; gone = freed.poll()) {
      known.remove(gone);
    }
    known.add(new NettyContext(context, freed));
  }

  /**
   * Has all contexts of servers looked at.
   *
   * @param look is given a context, and what makes engines of it; these are freed after it
   * @param failed is told why one could not be looked at
   */
  public void lookAtServers(
      BiConsumer<Object, Supplier<SSLEngine>> look, Consumer<Exception> failed) {
    for (NettyContext each : known) {
      try {
        each.look(look);
      } catch (ReflectiveOperationException | RuntimeException e) {
        failed.accept(e);
      }
    }
  }

  /** Ends the sessions of all contexts; returns those that are in use. */
  List<NettyContext> end(Log log) {
    return end(known, log);
  }

  /** Ends the sessions of some contexts; returns those that are in use. */
  static List<NettyContext> end(Collection<NettyContext> contexts, Log log) {
    List<NettyContext> inUse = new ArrayList<>();
    for (NettyContext each : contexts) {
      try {
        if (each.end()) {
          inUse.add(each);
        }
      } catch (InvocationTargetException e) {
        refused(each, e.getCause(), log);
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        refused(each, e, log);
      }
    }
    return inUse;
  }

  private static void refused(NettyContext context, @Nullable Throwable cause, Log log) {
    log.warnOnce(
        "Netty's OpenSSL ("
            + context
            + ") does not let its sessions be ended ("
            + cause
            + "): peers may resume them until they expire, or until a restart");
  }
}
