package dev.hitless;

import dev.hitless.material.Fingerprint;
import dev.hitless.policy.LeafNames;
import dev.hitless.policy.NamesServed;
import dev.hitless.policy.Policies;
import dev.hitless.report.Counters;
import dev.hitless.serve.PeerCheck;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Refuses peers that the policy in force does not let in, and has each told of once.
 *
 * <p>Called on the threads of handshakes. Thread-safe; takes no lock, and does no I/O.
 */
final class PeerPolicy implements PeerCheck {
  /** A stranger may make as many certificates as he likes, if many are trusted. */
  private static final int MOST_TOLD = 200;

  private static final int UNKNOWN_PORT = -1;
  private static final String COVERED = "SunJSSE";

  private final Supplier<@Nullable Policies> inForce;
  private final NamesServed names;
  private final Counters counters;
  private final Consumer<String> notices;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  PeerPolicy(
      Supplier<@Nullable Policies> inForce,
      NamesServed names,
      Counters counters,
      Consumer<String> notices) {
    this.inForce = inForce;
    this.names = names;
    this.counters = counters;
    this.notices = notices;
  }

  @Override
  public void check(X509Certificate[] chain, boolean client, @Nullable Object connection)
      throws CertificateException {
    Policies policies = inForce.get();
    if (policies == null || !policies.looksAtPeers()) {
      return;
    }
    int port =
        client && connection instanceof Socket
            ? ((Socket) connection).getLocalPort()
            : UNKNOWN_PORT;
    LeafNames served =
        client && policies.looksAtPeersByName() ? names.ofConnection(connection) : null;
    String reason = policies.refusal(chain[0], client, port, served);
    if (reason != null) {
      counters.peersRefused.increment();
      tell(chain[0], client, reason);
      throw new CertificateException("refused by policy: " + reason);
    }
  }

  private void tell(X509Certificate leaf, boolean client, String reason) {
    Fingerprint fingerprint = Fingerprint.of(leaf);
    if (told.size() < MOST_TOLD && told.add(fingerprint + reason)) {
      notices.accept(
          (client ? "a client" : "a server")
              + " is refused by policy: "
              + reason
              + " (SHA-256 "
              + fingerprint
              + "); its handshakes fail, all others go on; add it if it should be let in"
              + (told.size() < MOST_TOLD ? "" : ". Further ones are counted only: peersRefused"));
    }
  }

  @Override
  public void initialised(SSLContext context, @Nullable String foreign) {
    Policies policies = inForce.get();
    if (policies == null || policies.isEmpty()) {
      return;
    }
    String uncovered = uncovered(context);
    if (uncovered != null && told.add(uncovered)) {
      notices.accept(uncovered);
    }
    if (foreign != null
        && policies.looksAtPeers()
        && told.size() < MOST_TOLD
        && told.add(foreign)) {
      notices.accept(
          "hitless.policy.peer.… does not hold where the trust manager "
              + foreign
              + ", of the application's own make, decides by itself whom to let in; it holds where"
              + " that asks one of the JDK's");
    }
  }

  /** Returns, for a person, that a context keeps to no policy; null if it does. */
  static @Nullable String uncovered(SSLContext context) {
    String provider = context.getProvider().getName();
    return provider.equals(COVERED)
        ? null
        : "hitless.policy.… does not hold, but for what it says of peers, for connections of the"
            + " TLS provider "
            + provider
            + ": only the JDK's own, "
            + COVERED
            + ", can be made to keep to it; configure the application itself";
  }
}
