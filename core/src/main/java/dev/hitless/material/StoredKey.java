package dev.hitless.material;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A private key as it lies in a file: opened, or the reason why not.
 *
 * <p>Immutable and thread-safe. Prints nothing of the key.
 */
public final class StoredKey {
  private final @Nullable PrivateKey key;
  private final @Nullable MaterialException problem;
  private final boolean encrypted;

  private StoredKey(
      @Nullable PrivateKey key, @Nullable MaterialException problem, boolean encrypted) {
    this.key = key;
    this.problem = problem;
    this.encrypted = encrypted;
  }

  static StoredKey opened(PrivateKey key, boolean encrypted) {
    return new StoredKey(key, null, encrypted);
  }

  static StoredKey closed(MaterialException problem, boolean encrypted) {
    return new StoredKey(null, problem, encrypted);
  }

  /** Returns the key, or null if it could not be opened. */
  public @Nullable PrivateKey key() {
    return key;
  }

  /** Returns why it could not be opened, or null if it was. */
  public @Nullable MaterialException problem() {
    return problem;
  }

  /** Returns whether a password protects it. */
  public boolean isEncrypted() {
    return encrypted;
  }

  @Override
  public String toString() {
    return (encrypted ? "encrypted " : "") + "private key" + (key == null ? ", not opened" : "");
  }
}
