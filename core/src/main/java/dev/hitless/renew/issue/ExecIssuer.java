package dev.hitless.renew.issue;

import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has a command sign: the request in PEM goes to its standard input, the chain in PEM, leaf first,
 * comes from its standard output.
 *
 * <p>The command's environment names what is wanted: {@code HITLESS_NAMES} (comma separated),
 * {@code HITLESS_FINGERPRINT} (SHA-256 of the old leaf), {@code HITLESS_NOT_AFTER} (of the old
 * leaf, ISO 8601) and, if one is asked for, {@code HITLESS_VALIDITY_SECONDS}. It gets none of the
 * options that would load an agent into a child JVM. Immutable and thread-safe.
 */
public final class ExecIssuer implements Issuer {
  private final CommandRunner runner;

  /**
   * Creates an issuer; nothing is run yet.
   *
   * @param command the program and its arguments, see {@link ArgumentList}; not empty
   * @param limit how long it may take; then it is ended, with the processes it started
   * @param log takes the last lines of its error output
   */
  public ExecIssuer(List<String> command, Duration limit, Consumer<String> log) {
    this.runner = new CommandRunner(command, limit, log);
  }

  @Override
  public List<X509Certificate> issue(CertificateRequest wanted)
      throws IssuerException, InterruptedException {
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(wanted.csr())
            + "\n-----END CERTIFICATE REQUEST-----\n";
    byte[] output = runner.run(pem.getBytes(StandardCharsets.US_ASCII), wanted);
    try {
      List<X509Certificate> chain = PemReader.certificates(output);
      if (!chain.isEmpty()) {
        return Collections.unmodifiableList(chain);
      }
    } catch (MaterialException e) {
      throw new IssuerException(
          "the " + runner + " wrote no certificates in PEM: " + e.getMessage(), e);
    }
    throw new IssuerException(
        "the " + runner + " wrote no certificate to its standard output", null);
  }

  @Override
  public String toString() {
    return runner.toString();
  }
}
