package dev.hitless.follow;

import dev.hitless.material.Identity;
import dev.hitless.material.Trust;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates of a trust by their names, to tell whether a chain leads to one of them.
 *
 * <p>Not thread-safe: lives for one look.
 */
final class Anchors {
  private final Trust trust;
  private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();

  Anchors(Trust trust) {
    this.trust = trust;
    for (X509Certificate certificate : trust.certificates()) {
      bySubject
          .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
          .add(certificate);
    }
  }

  /** Returns whether the signatures of the chain lead to a trusted certificate; nothing else. */
  boolean verify(Identity identity) {
    for (X509Certificate certificate : new ChainFacts(identity).linked()) {
      if (trust.certificates().contains(certificate)) {
        return true;
      }
      for (X509Certificate anchor :
          bySubject.getOrDefault(certificate.getIssuerX500Principal(), Collections.emptyList())) {
        if (ChainFacts.signed(anchor, certificate)) {
          return true;
        }
      }
    }
    return false;
  }
}
