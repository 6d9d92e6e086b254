package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.renew.publish.PublicationException;
import java.security.cert.X509Certificate;

/**
 * One way in which the files of a target come to hold a new identity: an issuer that is asked for
 * it, or a command that does all of it.
 *
 * <p>Used on the renewal thread, one call at a time. {@code toString} names it in log lines.
 */
public interface Way {
  /**
   * Returns whether a leaf was issued by this very issuer; false if it cannot tell at all.
   *
   * @throws IssuerException if it cannot tell now
   */
  boolean issued(X509Certificate leaf) throws IssuerException;

  /**
   * Does as much of {@link #renew} as leaves no trace anywhere, so that the classes it needs are
   * loaded before it matters; nothing unless overridden.
   */
  default void rehearse(Attempt attempt) throws IssuerException, InterruptedException {}

  /**
   * Has the identity replaced.
   *
   * @return the identity that lies in the files now; of a dry run, the one that would
   * @throws IssuerException if there is none, or none that may be used
   * @throws PublicationException if there is one but it could not be put onto the disk
   */
  Identity renew(Attempt attempt)
      throws IssuerException, PublicationException, InterruptedException;
}
