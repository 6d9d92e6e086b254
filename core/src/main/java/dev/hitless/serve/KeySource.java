package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the keys of one rotating key manager come from, and how to make it serve others. */
public interface KeySource {
  /** Returns what the server made itself. */
  Served original();

  /**
   * Makes what serves the given identities in place of the entries named, and all else as before.
   *
   * @throws GeneralSecurityException if the server's own kind of key manager refuses them
   */
  Served rebuild(Map<EntryName, Identity> replaced) throws GeneralSecurityException;

  /**
   * Returns the entries with a private key, each with its chain as the server read it. Runs on the
   * hitless thread, but for {@link #leaves}.
   *
   * @param manager the manager of this source, which learns what other managers answer for it
   * @throws GeneralSecurityException if the server's own KeyStore cannot be read now
   */
  Map<EntryName, List<X509Certificate>> entries(RotatingKeyManager manager)
      throws GeneralSecurityException;

  /**
   * Returns the identity of an entry as the server read it, or null if it is none. Runs on the
   * hitless thread.
   *
   * @throws GeneralSecurityException if the server's own KeyStore does not give the key
   */
  @Nullable Identity identity(EntryName name) throws GeneralSecurityException;

  /**
   * Returns the leaves that may be answered with, as far as can be told. Runs on the threads of
   * handshakes, once in a generation.
   *
   * @param served what this manager answers from
   * @throws GeneralSecurityException if the server's own KeyStore cannot be read now
   */
  default List<X509Certificate> leaves(RotatingKeyManager manager, Served served)
      throws GeneralSecurityException {
    List<X509Certificate> leaves = new ArrayList<>();
    entries(manager)
        .forEach(
            (name, chain) -> {
              Identity replaced = served.replaced().get(name);
              leaves.add(replaced == null ? chain.get(0) : replaced.leaf());
            });
    return leaves;
  }

  /** Returns how many leaves showed only as they were answered with; cheap. */
  default int shown() {
    return 0;
  }

  /** Returns passwords that opened these keys, most likely first; never logged. */
  List<char[]> passwords();

  /** Returns what this is, for the status: a factory's algorithm or a class name. */
  String describe();

  /** Notes a chain that was handed to a handshake; cheap, on the handshake's thread. */
  void answered(RotatingKeyManager manager, Pin pin, X509Certificate @Nullable [] chain);
}
