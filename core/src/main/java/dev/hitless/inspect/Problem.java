package dev.hitless.inspect;

import java.util.Locale;

/**
 * One thing that is wrong: of which kind, and in words with what to do.
 *
 * <p>Immutable and thread-safe. Holds no secret.
 */
public final class Problem {
  /** The kinds of problems; their codes never change. */
  public enum Kind {
    /** The leaf's validity is over. */
    EXPIRED(true),
    /** The leaf's validity has not begun. */
    NOT_YET_VALID(true),
    /** A certificate above the leaf is not valid now. */
    ISSUER_NOT_VALID(true),
    /** The private key belongs to none of the certificates. */
    KEY_MISMATCH(true),
    /** A password was given that does not open the private key, or the key is of an odd kind. */
    KEY_NOT_OPENED(true),
    /** A certificate names an issuer of the chain that did not sign it. */
    CHAIN_BROKEN(true),
    /** The chain ends before a certificate whose issuer clients know. */
    ISSUER_MISSING(true),
    /** The certificates are not in the order leaf, issuer, issuer's issuer. */
    CHAIN_ORDER(false),
    /** A certificate that no link of the chain leads to. */
    UNRELATED_CERTIFICATE(false),
    /** The leaf is signed by its own key. */
    SELF_SIGNED(false),
    /** RSA or DSA under 2048 bits, or EC under 224. */
    WEAK_KEY(true),
    /** Signed with MD2, MD5 or SHA-1. */
    WEAK_SIGNATURE(true),
    /** No subject alternative name. */
    NO_NAMES(true),
    /** The leaf may issue certificates. */
    CA_LEAF(false),
    /** The extended key usage does not permit what the leaf is for. */
    WRONG_USAGE(true),
    /** The key usage does not permit the signature of a handshake. */
    NO_DIGITAL_SIGNATURE(true),
    /** Others than owner and group may read an unencrypted private key. */
    KEY_READABLE_BY_OTHERS(false),
    /** Others than owner and group may replace what the file holds. */
    WRITABLE_BY_OTHERS(false),
    /** The server's name is not among the names of its certificate. */
    NAME_MISMATCH(true),
    /** The chain that the server presents does not verify. */
    NOT_TRUSTED(true),
    /** A protocol before TLS 1.2. */
    OLD_PROTOCOL(false),
    /** A cipher suite that is known to be weak. */
    WEAK_CIPHER(false);

    private final boolean error;

    Kind(boolean error) {
      this.error = error;
    }

    /** Returns the stable name, such as {@code key-mismatch}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether clients will refuse it, or a server cannot use it; else it is a warning. */
    public boolean isError() {
      return error;
    }
  }

  private final Kind kind;
  private final String text;

  Problem(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns what is wrong and what to do, in one line. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return kind.code() + ": " + text;
  }
}
