package dev.hitless.renew.issue;

import dev.hitless.material.Chain;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CA as its files hold it now: its key, and its certificate with those above it.
 *
 * <p>Immutable and thread-safe. Never prints the key.
 */
final class Authority {
  private static final int KEY_CERT_SIGN = 5;

  private final Identity identity;
  private final List<X509Certificate> chain;

  private Authority(Identity identity) {
    this.identity = identity;
    this.chain = Chain.linked(identity.leaf(), identity.chain());
  }

  /**
   * Picks the CA among the identities of its files.
   *
   * @param alias its name among them, in any case; null: the only one that is a CA
   * @throws MaterialException if there is none of that name, or none at all, or more than one
   */
  static Authority of(Map<String, Identity> identities, @Nullable String alias)
      throws MaterialException {
    Map<String, Identity> found = new LinkedHashMap<>();
    for (Map.Entry<String, Identity> entry : identities.entrySet()) {
      boolean named = alias == null || entry.getKey().equalsIgnoreCase(alias);
      if (named && entry.getValue().leaf().getBasicConstraints() >= 0) {
        found.put(entry.getKey(), entry.getValue());
      }
    }
    if (alias != null && found.isEmpty()) {
      throw new MaterialException(
          MaterialException.Reason.NO_KEY,
          "there is no CA's key of the alias " + alias + " among " + identities.keySet(),
          null);
    }
    if (found.size() != 1) {
      throw new MaterialException(
          found.isEmpty()
              ? MaterialException.Reason.NO_CERTIFICATE
              : MaterialException.Reason.KEY_MISMATCH,
          found.isEmpty()
              ? "the key's certificate is no CA's (basic constraints without CA:true): "
                  + identities.values().iterator().next().leaf().getSubjectX500Principal()
              : "there is more than one CA: "
                  + found.keySet()
                  + "; name one of them by hitless.renew.local-ca.alias",
          null);
    }
    return new Authority(found.values().iterator().next());
  }

  X509Certificate certificate() {
    return identity.leaf();
  }

  PrivateKey key() {
    return identity.key();
  }

  /** Returns the CA's certificate and those above it as far as they are linked, root last. */
  List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Returns the certificates in the CA's files that have the CA's name: its own, and those of its
   * former or coming keys.
   */
  List<X509Certificate> siblings() {
    List<X509Certificate> siblings = new ArrayList<>();
    for (X509Certificate other : identity.chain()) {
      if (other.getSubjectX500Principal().equals(certificate().getSubjectX500Principal())) {
        siblings.add(other);
      }
    }
    return siblings;
  }

  /** Returns the first instant at which the CA's certificate is valid. */
  Instant notBefore() {
    return certificate().getNotBefore().toInstant();
  }

  /** Returns the last instant at which the whole chain of the CA is valid. */
  Instant notAfter() {
    Instant first = certificate().getNotAfter().toInstant();
    for (X509Certificate above : chain) {
      Instant end = above.getNotAfter().toInstant();
      first = end.isBefore(first) ? end : first;
    }
    return first;
  }

  /**
   * Checks that the CA may sign a leaf now.
   *
   * @throws IssuerException why clients would reject what it signs
   */
  void check(Instant now) throws IssuerException {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate ca = chain.get(i);
      String name = "CA " + ca.getSubjectX500Principal();
      if (now.isBefore(ca.getNotBefore().toInstant())) {
        problems.add(name + " is not valid before " + ca.getNotBefore().toInstant());
      }
      if (now.isAfter(ca.getNotAfter().toInstant())) {
        problems.add(name + " expired at " + ca.getNotAfter().toInstant());
      }
      boolean[] usage = ca.getKeyUsage();
      if (usage != null && !usage[KEY_CERT_SIGN]) {
        problems.add(name + " may not sign certificates (key usage without keyCertSign)");
      }
      if (ca.getBasicConstraints() < 0 && !Chain.selfSigned(ca)) {
        problems.add(name + " is no CA (basic constraints without CA:true)");
      } else if (ca.getBasicConstraints() >= 0 && ca.getBasicConstraints() < below(i)) {
        problems.add(
            name
                + " allows "
                + ca.getBasicConstraints()
                + " CAs below it (path length), there are "
                + below(i));
      }
    }
    if (!problems.isEmpty()) {
      throw new IssuerException(
          String.join("; ", problems) + ". Nothing was signed; replace the files of the CA.", null);
    }
  }

  /** How many CAs below one count for its path length: those not issued by their own name. */
  private int below(int index) {
    int count = 0;
    for (X509Certificate ca : chain.subList(0, index)) {
      if (!ca.getSubjectX500Principal().equals(ca.getIssuerX500Principal())) {
        count++;
      }
    }
    return count;
  }
}
