package dev.hitless.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a person says a key with its certificate lies: PEM files or a keystore, and what opens
 * them.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public final class ConfiguredStore {
  private final String prefix;
  private final Checked settings;

  ConfiguredStore(String prefix, Checked settings) {
    this.prefix = prefix;
    this.settings = settings;
  }

  /** Returns whether it says where anything lies. */
  public boolean isGiven() {
    return keyStore() != null || certificate() != null;
  }

  /** Returns the path of the keystore, or null if it is PEM files. */
  public @Nullable String keyStore() {
    return settings.text(prefix + "keystore");
  }

  /** Returns the type of the keystore, or null to tell by its content. */
  public @Nullable String type() {
    return settings.text(prefix + "type");
  }

  /** Returns which key of the keystore is meant, or null. */
  public @Nullable String alias() {
    return settings.text(prefix + "alias");
  }

  /** Returns the path of the certificate, or null if it is a keystore. */
  public @Nullable String certificate() {
    return settings.text(prefix + "cert");
  }

  /** Returns the path of the key; the certificate's own unless told. */
  public @Nullable String key() {
    String key = settings.text(prefix + "key");
    return key != null ? key : certificate();
  }

  /** Returns the password given in the configuration itself, or null. */
  public @Nullable String password() {
    return settings.text(prefix + "password");
  }

  /** Returns the file whose first line is the password, or null. */
  public @Nullable String passwordFile() {
    return settings.text(prefix + "password-file");
  }

  /** Returns the password of the key where it differs from the keystore's, or null. */
  public @Nullable String keyPassword() {
    return settings.text(prefix + "key-password");
  }

  /** Returns the file whose first line is the password of the key, or null. */
  public @Nullable String keyPasswordFile() {
    return settings.text(prefix + "key-password-file");
  }

  @Override
  public String toString() {
    return prefix + "…";
  }
}
