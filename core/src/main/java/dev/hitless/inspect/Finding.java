package dev.hitless.inspect;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that files hold: an identity, a certificate without key, a trusted certificate, or a
 * key without certificate.
 *
 * <p>Immutable and thread-safe. Holds no private key.
 */
public final class Finding {
  /** What was found. */
  public enum Kind {
    /** A private key with its chain. */
    IDENTITY,
    /** A certificate without key, with what of its chain is there. */
    CERTIFICATE,
    /** A certificate that a keystore trusts. */
    TRUSTED,
    /** A private key without certificate. */
    KEY;

    /** Returns the stable name, such as {@code identity}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is known of the private key. */
  public enum KeyState {
    /** There is none here. */
    NONE,
    /** It was opened, and belongs to the leaf if there is one. */
    OPENED,
    /** It is protected, and no password was given: not checked. */
    LOCKED,
    /** It was opened and belongs to none of the certificates. */
    MISMATCH,
    /** It could not be opened with the passwords given, or at all. */
    FAILED;

    /** Returns the stable name, such as {@code opened}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final List<Path> files;
  private final @Nullable String alias;
  private final KeyState key;
  private final List<X509Certificate> chain;
  private final List<Problem> problems;

  Finding(
      Kind kind,
      List<Path> files,
      @Nullable String alias,
      KeyState key,
      List<X509Certificate> chain,
      List<Problem> problems) {
    this.kind = kind;
    this.files = Collections.unmodifiableList(new ArrayList<>(files));
    this.alias = alias;
    this.key = key;
    this.chain = Collections.unmodifiableList(new ArrayList<>(chain));
    this.problems = Collections.unmodifiableList(new ArrayList<>(problems));
  }

  /** Returns what was found. */
  public Kind kind() {
    return kind;
  }

  /** Returns the files that hold it, as they were given; never empty. */
  public List<Path> files() {
    return files;
  }

  /** Returns its alias in the keystore, or null if it is in none. */
  public @Nullable String alias() {
    return alias;
  }

  /** Returns what is known of the private key. */
  public KeyState key() {
    return key;
  }

  /** Returns the certificates, leaf first; empty for a key without certificate. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Returns what is wrong; empty if nothing is. */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public String toString() {
    return kind.code() + " in " + files + (alias == null ? "" : " as " + alias) + " " + problems;
  }
}
