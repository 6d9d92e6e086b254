package dev.hitless.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An identity that a person bound to files by {@code hitless.identity.<name>.…}, because hitless
 * cannot find its origin: a keystore inside a jar, a PKCS#11 token.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public final class ConfiguredIdentity {
  static final String PREFIX = "hitless.identity.";

  private static final List<String> KNOWN =
      Arrays.asList(
          "keystore",
          "cert",
          "key",
          "type",
          "alias",
          "password",
          "password-file",
          "key-password",
          "key-password-file",
          "for");

  private final String name;
  private final Map<String, String> values;

  private ConfiguredIdentity(String name, Map<String, String> values) {
    this.name = name;
    this.values = values;
  }

  static ConfiguredIdentity of(String name, Map<String, String> values) {
    for (String key : values.keySet()) {
      if (!KNOWN.contains(key)) {
        throw new IllegalArgumentException("unknown property ." + key + "; known are " + KNOWN);
      }
    }
    boolean keyStore = values.containsKey("keystore");
    boolean pem = values.containsKey("cert");
    if (keyStore == pem) {
      throw new IllegalArgumentException("it needs either .keystore or .cert (and .key)");
    }
    return new ConfiguredIdentity(name, values);
  }

  /** Returns the name it was given. */
  public String name() {
    return name;
  }

  /** Returns the path of the keystore, or null if it is PEM or DER files. */
  public @Nullable String keyStore() {
    return values.get("keystore");
  }

  /** Returns the path of the certificate file, or null if it is a keystore. */
  public @Nullable String certificate() {
    return values.get("cert");
  }

  /** Returns the path of the key file; the certificate's own unless told. */
  public @Nullable String key() {
    String key = values.get("key");
    return key != null ? key : certificate();
  }

  /** Returns the type of the keystore, or null to tell by its content. */
  public @Nullable String type() {
    return values.get("type");
  }

  /** Returns the alias in the keystore, or null if it holds one private key only. */
  public @Nullable String alias() {
    return values.get("alias");
  }

  /**
   * Returns which served certificate it takes the place of: a SHA-256 fingerprint or a name of the
   * certificate; null for the only one without origin.
   */
  public @Nullable String takesPlaceOf() {
    return values.get("for");
  }

  /** Returns the password given in the configuration itself, or null. */
  public @Nullable String password() {
    return values.get("password");
  }

  /** Returns the file whose first line is the password, or null. */
  public @Nullable String passwordFile() {
    return values.get("password-file");
  }

  /** Returns the password of the key where it differs from the keystore's, or null. */
  public @Nullable String keyPassword() {
    return values.get("key-password");
  }

  /** Returns the file whose first line is the password of the key, or null. */
  public @Nullable String keyPasswordFile() {
    return values.get("key-password-file");
  }

  @Override
  public String toString() {
    return PREFIX + name;
  }
}
