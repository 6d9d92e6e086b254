package dev.hitless.policy;

import dev.hitless.material.Fingerprint;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a policy lets in of those whose chain was found good; each list that is given must hold the
 * peer.
 *
 * <p>Immutable and thread-safe.
 */
final class PeerRules {
  private final @Nullable PeerNames names;
  private final @Nullable PeerPins pins;
  private final boolean clients;
  private final boolean servers;

  /**
   * Creates the rules.
   *
   * @param names null for any
   * @param pins null for any
   * @param clients whether they are for clients of this process
   * @param servers whether they are for servers that this process is a client of
   */
  PeerRules(@Nullable PeerNames names, @Nullable PeerPins pins, boolean clients, boolean servers) {
    this.names = names;
    this.pins = pins;
    this.clients = clients;
    this.servers = servers;
  }

  /**
   * Returns why a peer is refused, for a person; null if it is let in.
   *
   * @param client whether it is a client of this process
   */
  @Nullable String refusal(X509Certificate leaf, boolean client) {
    if (client ? !clients : !servers) {
      return null;
    }
    if (names != null && !names.permits(leaf)) {
      List<String> found = PeerNames.of(leaf);
      return (found.isEmpty() ? "it has no DNS name and no URI" : "none of its names " + found)
          + (found.isEmpty() ? " that could be" : " is")
          + " in hitless.policy.peer.san";
    }
    if (pins != null && !pins.permit(leaf)) {
      return "neither its SHA-256 nor that of its public key (spki:"
          + Fingerprint.ofBytes(leaf.getPublicKey().getEncoded())
          + ") is in hitless.policy.peer.pins";
    }
    return null;
  }
}
