package dev.hitless.report;

import java.util.List;
import java.util.Map;

/**
 * What hitless does in this JVM, as open types that any JMX client reads; registered as {@code
 * dev.hitless:type=Status}. Every attribute is a snapshot; none holds a secret.
 */
public interface StatusMXBean {
  /** Returns the identities that are followed, in the order in which they were found. */
  List<IdentityStatus> getIdentities();

  /** Returns the sets of trusted certificates that are followed, in the order found. */
  List<TrustStatus> getTrusts();

  /** Returns the certificates, served or trusted, that no file was found for, one line each. */
  List<String> getNotFollowed();

  /**
   * Returns the settings of the policy that is in force, by their names; empty if there is none.
   */
  Map<String, String> getPolicy();

  /** Returns the DNS names that have a policy of their own but no certificate, sorted. */
  List<String> getPolicyNamesNotServed();

  /** Returns how many live contexts still present a former certificate. */
  int getContextsNotCovered();

  /** Returns each hook with APPLIED, PENDING (its class is not loaded yet) or FAILED. */
  Map<String, String> getHooks();

  /**
   * Returns what was counted since the start: rotations, trustRotations, refusals, proofs,
   * notCovered, failures, cutOffs, managers, renewals, renewalFailures, policies, peersRefused,
   * pinned.
   */
  Map<String, Long> getCounters();

  /**
   * Has no TLS session resumed that was made until now, as after a key was revoked or stolen. Open
   * connections, and handshakes on their way, go on.
   *
   * @return in how many contexts
   * @throws IllegalStateException if the hitless thread did not get to it within 30 s; it still may
   */
  int endSessions();
}
