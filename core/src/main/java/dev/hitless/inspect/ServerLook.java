package dev.hitless.inspect;

import dev.hitless.inspect.Problem.Kind;
import dev.hitless.material.Chain;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a TLS server presents, and judges it: the chain as files are judged, the name, and
 * whether it verifies.
 *
 * <p>Immutable and thread-safe.
 */
public final class ServerLook {
  private final Instant now;
  private final Trust trust;
  private final Duration timeout;

  /**
   * Creates one.
   *
   * @param now the time that validity is judged at
   * @param trust what chains are verified against
   * @param timeout of each of: connecting to one address, and waiting for the server's next bytes
   */
  public ServerLook(Instant now, Trust trust, Duration timeout) {
    this.now = now;
    this.trust = trust;
    this.timeout = timeout;
  }

  /**
   * Makes one handshake.
   *
   * @param host a DNS name or an IP address, without brackets
   * @param sni the name to ask for; null for the host, if that is no address
   * @throws LookException if no certificate came, in words for a person
   */
  public Presented at(String host, int port, @Nullable String sni) throws LookException {
    InetAddress[] addresses = Connection.resolve(host);
    String wanted = sni != null ? sni : Connection.isAddress(host) ? null : host;
    Handshake seen = new Connection(host, port, wanted, timeout).handshake(addresses);
    List<X509Certificate> chain = seen.chain;
    List<X509Certificate> linked = Chain.linked(chain.get(0), chain);
    LeafChecks leaves = new LeafChecks(now, Purpose.SERVER);
    List<Problem> problems = leaves.ofLeaf(chain.get(0));
    problems.addAll(new ChainChecks(leaves, trust).ofLinks(linked, chain));
    problems.addAll(ChainChecks.ofOrder(chain, linked));
    String name = wanted != null ? wanted : addresses[0].getHostAddress();
    boolean matches = HostNames.match(name, chain.get(0));
    if (!matches) {
      problems.add(
          new Problem(
              Kind.NAME_MISMATCH, "the certificate is not for " + name + "; clients refuse it"));
    }
    String refusal = trust.refusal(chain, seen.authType);
    if (refusal != null) {
      problems.add(new Problem(Kind.NOT_TRUSTED, "the chain does not verify: " + refusal));
    }
    problems.addAll(ofSession(seen));
    return new Presented(seen, matches, refusal, problems);
  }

  private static List<Problem> ofSession(Handshake seen) {
    List<Problem> problems = new ArrayList<>();
    if (!seen.protocol.matches("TLSv1\\.[2-9]")) {
      problems.add(
          new Problem(
              Kind.OLD_PROTOCOL,
              "the server offers nothing newer than " + seen.protocol + ", which clients refuse"));
    }
    if (seen.cipherSuite.matches(".*_(RC4|3DES|DES|DES40|RC2|NULL|EXPORT|anon)_.*")) {
      problems.add(
          new Problem(
              Kind.WEAK_CIPHER, "the server chose the weak cipher suite " + seen.cipherSuite));
    }
    return problems;
  }
}
