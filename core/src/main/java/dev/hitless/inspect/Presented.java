package dev.hitless.inspect;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server presented in one handshake, and what is wrong with it.
 *
 * <p>Immutable and thread-safe.
 */
public final class Presented {
  private final String address;
  private final String protocol;
  private final String cipherSuite;
  private final @Nullable String alpn;
  private final boolean asksForClient;
  private final List<X509Certificate> chain;
  private final @Nullable String broken;
  private final boolean nameMatches;
  private final @Nullable String refusal;
  private final List<Problem> problems;

  Presented(Handshake seen, boolean nameMatches, @Nullable String refusal, List<Problem> problems) {
    this.address = seen.address;
    this.protocol = seen.protocol;
    this.cipherSuite = seen.cipherSuite;
    this.alpn = seen.alpn;
    this.asksForClient = seen.asksForClient;
    this.chain = Collections.unmodifiableList(new ArrayList<>(seen.chain));
    this.broken = seen.broken;
    this.nameMatches = nameMatches;
    this.refusal = refusal;
    this.problems = Collections.unmodifiableList(new ArrayList<>(problems));
  }

  /** Returns the IP address and port that answered. */
  public String address() {
    return address;
  }

  /** Returns the protocol, such as {@code TLSv1.3}. */
  public String protocol() {
    return protocol;
  }

  /** Returns the cipher suite by its name in JSSE. */
  public String cipherSuite() {
    return cipherSuite;
  }

  /** Returns the application protocol, or null if none was agreed on or the JDK has no ALPN. */
  public @Nullable String alpn() {
    return alpn;
  }

  /** Returns whether the server asked for a client certificate. */
  public boolean asksForClient() {
    return asksForClient;
  }

  /** Returns the certificates in the order in which they came; not empty. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Returns why the handshake broke off after the certificates came, or null if it did not. */
  public @Nullable String broken() {
    return broken;
  }

  /** Returns whether the name asked for is among those of the leaf. */
  public boolean nameMatches() {
    return nameMatches;
  }

  /** Returns why the chain does not verify, or null if it does. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** Returns what is wrong; empty if nothing is. */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public String toString() {
    return address + " " + protocol + " " + problems;
  }
}
