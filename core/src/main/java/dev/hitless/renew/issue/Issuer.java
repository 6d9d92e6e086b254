package dev.hitless.renew.issue;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What signs a new certificate: a local CA, a command, a server that speaks ACME or EST.
 *
 * <p>Called on the renewal thread, one call at a time; may take as long as it must, and may be
 * interrupted when the process ends. {@code toString} names it in log lines, without secrets.
 */
public interface Issuer {
  /**
   * Has a certificate issued.
   *
   * @param wanted what is asked for; the issuer may grant a shorter validity and other usages
   * @return the chain, leaf first, without the root if the issuer chooses so; never empty. The
   *     caller checks it, and trusts nothing of it
   * @throws IssuerException why there is none, in words for a person
   * @throws InterruptedException if the thread was interrupted
   */
  List<X509Certificate> issue(CertificateRequest wanted)
      throws IssuerException, InterruptedException;

  /**
   * Returns whether the CA behind this issuer issued a certificate: such a one it may replace
   * without having been told to, so that a private CA never replaces a public certificate, nor a
   * client certificate of someone else's.
   *
   * <p>Unless overridden, false: what cannot be told is renewed only if its name was given.
   *
   * @throws IssuerException if that cannot be told now, such as when the CA's files are unreadable
   */
  default boolean isIssuerOf(X509Certificate leaf) throws IssuerException {
    return false;
  }

  /**
   * Returns whether {@link #issue} leaves no trace but what it returns, so that it may be called to
   * be quick when it matters; false unless overridden.
   */
  default boolean canRehearse() {
    return false;
  }
}
