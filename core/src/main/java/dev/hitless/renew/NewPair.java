package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.renew.issue.IssuedChainCheck;
import dev.hitless.renew.issue.IssuerException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes an identity of what was issued, if it is good enough to follow the old one. Stateless. */
final class NewPair {
  private NewPair() {}

  /**
   * Checks a key and the chain that was issued for it.
   *
   * @param now when it was issued
   * @throws IssuerException all that is wrong
   */
  static Identity of(Attempt attempt, PrivateKey key, List<X509Certificate> chain, Instant now)
      throws IssuerException {
    Identity old = attempt.old();
    List<String> problems =
        new IssuedChainCheck(old.leaf(), attempt.isForced())
            .problems(key, chain, now, Duration.ZERO);
    if (!problems.isEmpty()) {
      throw new IssuerException(
          "what was issued cannot be used: " + String.join("; ", problems), null);
    }
    try {
      Identity next = Identity.of(key, chain);
      if (next.fingerprint().equals(old.fingerprint())) {
        throw new IssuerException("the certificate is the one that was there before", null);
      }
      return next;
    } catch (MaterialException e) {
      throw new IssuerException(String.valueOf(e.getMessage()), e);
    }
  }
}
