package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.material.KeyMatch;
import dev.hitless.renew.issue.CertificateRequest;
import dev.hitless.renew.issue.Issuer;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.renew.issue.KeyKind;
import dev.hitless.renew.publish.PublicationException;
import dev.hitless.renew.publish.Publisher;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has an issuer sign a new key, checks what it gave, and publishes it.
 *
 * <p>Immutable; used on the renewal thread.
 */
public final class IssuerWay implements Way {
  private final Issuer issuer;
  private final Publisher publisher;
  private final KeyKind kind;
  private final boolean reuseKey;
  private final @Nullable Duration validity;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Creates a way.
   *
   * @param kind of new keys
   * @param reuseKey whether the old key is kept instead
   * @param validity how long new certificates are to be valid; null: as long as the old one
   */
  public IssuerWay(
      Issuer issuer,
      Publisher publisher,
      KeyKind kind,
      boolean reuseKey,
      @Nullable Duration validity,
      Clock clock,
      SecureRandom random) {
    this.issuer = issuer;
    this.publisher = publisher;
    this.kind = kind;
    this.reuseKey = reuseKey;
    this.validity = validity;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public boolean issued(X509Certificate leaf) throws IssuerException {
    return issuer.isIssuerOf(leaf);
  }

  @Override
  public void rehearse(Attempt attempt) throws IssuerException, InterruptedException {
    KeyPair keys = keys(attempt);
    CertificateRequest wanted = request(attempt, keys);
    if (issuer.canRehearse()) {
      NewPair.of(attempt, keys.getPrivate(), issuer.issue(wanted), clock.instant());
    } else {
      wanted.csr();
    }
  }

  @Override
  public Identity renew(Attempt attempt)
      throws IssuerException, PublicationException, InterruptedException {
    Identity old = attempt.old();
    KeyPair keys = keys(attempt);
    List<X509Certificate> chain = issuer.issue(request(attempt, keys));
    Identity next = NewPair.of(attempt, keys.getPrivate(), chain, clock.instant());
    if (!attempt.isDryRun()) {
      attempt.announce(next);
      publisher.publish(attempt.target(), old, next, attempt.fence());
    }
    return next;
  }

  private KeyPair keys(Attempt attempt) throws IssuerException {
    Identity old = attempt.old();
    if (reuseKey) {
      return new KeyPair(old.leaf().getPublicKey(), old.key());
    }
    KeyPair keys = kind.generate(old.leaf().getPublicKey(), random);
    KeyMatch.remember(keys.getPrivate(), keys.getPublic());
    return keys;
  }

  private CertificateRequest request(Attempt attempt, KeyPair keys) {
    return new CertificateRequest(attempt.old().chain(), keys, validity(attempt.lifetime()));
  }

  /** A certificate whose dates do not tell when it was issued is no measure for the next one. */
  private @Nullable Duration validity(Lifetime old) {
    return validity == null && old.isBackDated()
        ? Duration.ofSeconds(Math.max(1, old.length().toMillis() / 1000))
        : validity;
  }

  @Override
  public String toString() {
    return issuer.toString();
  }
}
