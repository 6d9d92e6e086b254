package dev.hitless.follow;

import dev.hitless.material.Identity;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * How far the certificates of an identity link from the leaf towards a trust anchor (RFC 5280,
 * section 6.1), whatever order they came in.
 *
 * <p>Immutable and thread-safe.
 */
final class ChainFacts {
  private final List<X509Certificate> linked = new ArrayList<>();
  private final boolean broken;

  ChainFacts(Identity identity) {
    List<X509Certificate> rest = new ArrayList<>(identity.chain());
    X509Certificate last = rest.remove(0);
    linked.add(last);
    boolean claimed = false;
    while (!isSelfSigned(last)) {
      X509Certificate issuer = null;
      claimed = false;
      for (X509Certificate candidate : rest) {
        if (candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
          claimed = true;
          if (issuer == null && signed(candidate, last)) {
            issuer = candidate;
          }
        }
      }
      if (issuer == null) {
        break;
      }
      rest.remove(issuer);
      linked.add(issuer);
      last = issuer;
      claimed = false;
    }
    this.broken = claimed;
  }

  /** Returns the leaf and, one after the other, the issuers that came with it. */
  List<X509Certificate> linked() {
    return Collections.unmodifiableList(linked);
  }

  X509Certificate leaf() {
    return linked.get(0);
  }

  /** Returns whether a certificate came with one of its issuer's name that did not sign it. */
  boolean isBroken() {
    return broken;
  }

  /** Returns the name of the issuer that the linked part lacks; null if it ends at a root. */
  @Nullable X500Principal missingIssuer() {
    X509Certificate last = linked.get(linked.size() - 1);
    return isSelfSigned(last) ? null : last.getIssuerX500Principal();
  }

  /** Returns the linked issuer of that name, null if there is none. */
  @Nullable X509Certificate issuer(X500Principal name) {
    for (X509Certificate certificate : linked.subList(1, linked.size())) {
      if (certificate.getSubjectX500Principal().equals(name)) {
        return certificate;
      }
    }
    return null;
  }

  boolean hasIssuer() {
    return linked.size() > 1;
  }

  /** Returns a linked intermediate that is not valid at that time, null if all are. */
  @Nullable X509Certificate invalidIntermediate(Instant now) {
    for (X509Certificate certificate : linked.subList(1, linked.size())) {
      if (!isSelfSigned(certificate) && !isValid(certificate, now)) {
        return certificate;
      }
    }
    return null;
  }

  static boolean isValid(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && signed(certificate, certificate);
  }

  /** A signature of an algorithm that this platform does not know gets the benefit of the doubt. */
  static boolean signed(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    } catch (GeneralSecurityException | RuntimeException unknown) {
      return true;
    }
  }
}
