package dev.hitless.inspect;

import dev.hitless.inspect.Problem.Kind;
import dev.hitless.material.Chain;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What can be wrong with a chain: the links from its leaf upwards, and the order in which it lies
 * in a file or comes over the wire (RFC 8446, section 4.4.2).
 *
 * <p>Immutable and thread-safe.
 */
final class ChainChecks {
  private final LeafChecks leaf;
  private final Trust trust;

  ChainChecks(LeafChecks leaf, Trust trust) {
    this.leaf = leaf;
    this.trust = trust;
  }

  /**
   * Returns what is wrong above the leaf.
   *
   * @param linked the leaf and those that links lead to
   * @param present all certificates that were found with it
   */
  List<Problem> ofLinks(List<X509Certificate> linked, Collection<X509Certificate> present) {
    List<Problem> problems = new ArrayList<>();
    X509Certificate last = linked.get(linked.size() - 1);
    boolean selfSigned = Chain.selfSigned(last);
    for (X509Certificate issuer : linked.subList(1, linked.size())) {
      problems.addAll(leaf.ofIssuer(issuer, selfSigned && issuer.equals(last)));
    }
    if (selfSigned) {
      if (linked.size() == 1 && !trust.reaches(last)) {
        problems.add(
            new Problem(
                Kind.SELF_SIGNED,
                "the certificate is signed by its own key; only clients that were given it accept"
                    + " it"));
      }
    } else if (claimsIssuerThatDidNotSign(last, present)) {
      problems.add(
          new Problem(
              Kind.CHAIN_BROKEN,
              "the certificate of "
                  + last.getIssuerX500Principal()
                  + " did not sign the one of "
                  + last.getSubjectX500Principal()
                  + "; get the issuer's current certificate"));
    } else if (linked.size() == 1 && !trust.reaches(last)) {
      problems.add(
          new Problem(
              Kind.ISSUER_MISSING,
              "the chain lacks the certificate of "
                  + last.getIssuerX500Principal()
                  + "; append it, or if that is a private root, name it with --ca"));
    }
    return problems;
  }

  /**
   * Returns what is wrong with the order of certificates.
   *
   * @param stored the certificates in the order in which they are sent
   * @param linked the leaf and those that links lead to
   */
  static List<Problem> ofOrder(List<X509Certificate> stored, List<X509Certificate> linked) {
    List<Problem> problems = new ArrayList<>();
    List<X509Certificate> asStored = new ArrayList<>(stored);
    asStored.retainAll(linked);
    List<X509Certificate> asLinked = new ArrayList<>(linked);
    asLinked.retainAll(stored);
    if (!asStored.equals(asLinked)) {
      problems.add(
          new Problem(
              Kind.CHAIN_ORDER,
              "the certificates are not in the order leaf, issuer, issuer's issuer; some clients"
                  + " refuse that"));
    }
    for (X509Certificate certificate : stored) {
      if (!linked.contains(certificate) && !isNamed(certificate, linked)) {
        problems.add(
            new Problem(
                Kind.UNRELATED_CERTIFICATE,
                "the certificate of "
                    + certificate.getSubjectX500Principal()
                    + " is no part of the chain"));
      }
    }
    return problems;
  }

  /** Returns whether it has the name of a certificate of the chain, or of the next issuer above. */
  private static boolean isNamed(X509Certificate certificate, List<X509Certificate> linked) {
    for (X509Certificate other : linked) {
      if (other.getSubjectX500Principal().equals(certificate.getSubjectX500Principal())
          || other.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
        return true;
      }
    }
    return false;
  }

  private static boolean claimsIssuerThatDidNotSign(
      X509Certificate last, Collection<X509Certificate> present) {
    boolean claimed = false;
    for (X509Certificate candidate : present) {
      if (candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal())
          && !candidate.equals(last)) {
        if (mayHaveSigned(candidate, last)) {
          return false;
        }
        claimed = true;
      }
    }
    return claimed;
  }

  /** What this platform cannot verify gets the benefit of the doubt. */
  private static boolean mayHaveSigned(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    } catch (GeneralSecurityException | RuntimeException e) {
      return true;
    }
  }
}
