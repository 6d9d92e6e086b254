package dev.hitless;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.serve.ForeignCode;
import dev.hitless.serve.Proof;
import dev.hitless.session.ContextJudge;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what contexts present, by in-memory handshakes, and at what that is.
 *
 * <p>Owned by the hitless thread.
 */
final class Looks implements ContextJudge {
  /** Labels of letters; addresses are no server names (RFC 6066 section 3). */
  private static final Pattern HOST = Pattern.compile("([a-z0-9_-]+\\.)*[a-z][a-z0-9_-]*");

  private final Log log;
  private final Counters counters;
  private final Former former;
  private final ForeignCode foreignCode;
  private @Nullable Proof proof;

  Looks(Log log, Counters counters, Former former, ForeignCode foreignCode) {
    this.log = log;
    this.counters = counters;
    this.former = former;
    this.foreignCode = foreignCode;
  }

  /** Returns what a client is shown that asks for an identity, or null. */
  @Nullable Fingerprint presented(Supplier<SSLEngine> engines, Identity identity) {
    try {
      return proof().presents(engines, identity.leaf(), host(identity.leaf()));
    } catch (GeneralSecurityException | SSLException | RuntimeException e) {
      log.debug("a proof of " + identity.fingerprint() + " failed: " + e);
      return null;
    }
  }

  @Override
  public @Nullable Object presented(Supplier<SSLEngine> engines) {
    try {
      return proof().presents(engines);
    } catch (GeneralSecurityException | SSLException | RuntimeException e) {
      log.debug("a look at a context failed: " + e);
      return null;
    }
  }

  private Proof proof() throws GeneralSecurityException {
    if (proof == null) {
      proof = new Proof(foreignCode);
    }
    counters.proofs.increment();
    return proof;
  }

  @Override
  public boolean isFormer(Object certificate) {
    return certificate instanceof Fingerprint
        && former.get((Fingerprint) certificate) != null
        && !isCurrent(certificate);
  }

  /** Returns whether a certificate is what some origin holds now. */
  @Override
  public boolean isCurrent(Object certificate) {
    Former.Place place =
        certificate instanceof Fingerprint ? former.get((Fingerprint) certificate) : null;
    Identity now = place == null ? null : place.identity();
    return now != null && now.fingerprint().equals(certificate);
  }

  /** Returns a name that a client of this certificate would ask for, or null. */
  private static @Nullable String host(X509Certificate leaf) {
    for (String name : Names.of(leaf)) {
      String host = name.startsWith("*.") ? "any" + name.substring(1) : name;
      if (HOST.matcher(host).matches()) {
        return host;
      }
    }
    return null;
  }
}
