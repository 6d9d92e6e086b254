package dev.hitless.policy;

import java.util.function.UnaryOperator;

/** Has the JDK's own TLS lay a policy over the parameters of each handshake as it begins. */
public interface PolicyHooks {
  /** What there is where nothing can be woven: nothing. */
  PolicyHooks NONE = layer -> false;

  /** Where the list of enabled protocols is, each an enum constant. */
  int PROTOCOLS = 0;

  /** Where the list of enabled cipher suites is, each an enum constant. */
  int SUITES = 1;

  /** Where it stands whether the server asks for the client's certificate. */
  int CLIENT_AUTH = 2;

  /**
   * Where the names of named groups are, as a String[]; null if this JDK knows only one for all.
   */
  int GROUPS = 3;

  /** Where the SSLSocket or SSLEngine is. */
  int TRANSPORT = 4;

  /** Where the constant is that asks for a certificate. */
  int WANT = 5;

  /** Where the constant is that insists on one. */
  int NEED = 6;

  /** Where the key manager of the context is; null if this JDK does not tell it. */
  int KEY_MANAGER = 7;

  /** How many there are. */
  int SIZE = 8;

  /**
   * Puts the hooks in, unless they are in already; may be called by any thread.
   *
   * @param layer is given the parameters of a server's handshake, at the indexes above, changes
   *     those that the policy does not permit, and returns them; called on the threads of
   *     handshakes
   * @return whether every server handshake of SunJSSE now asks
   */
  boolean install(UnaryOperator<Object[]> layer);
}
