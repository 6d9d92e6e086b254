package dev.hitless.serve;

import java.util.Collection;
import javax.net.ssl.SSLContext;

/** Is told when others are trusted than before. */
public interface TrustChanges {
  /**
   * A certificate was removed, and full handshakes no longer accept it. Called on the hitless
   * thread, after the swap.
   *
   * @param contexts the live contexts that may have sessions with a peer that was trusted by it;
   *     rather some too many than one too few
   * @param origin what no longer holds the certificate, for the log
   */
  void trustShrunk(Collection<SSLContext> contexts, String origin);

  /** Certificates were added, and none removed. Called on the hitless thread, after the swap. */
  void trustGrew();
}
