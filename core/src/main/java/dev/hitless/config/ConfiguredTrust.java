package dev.hitless.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trusted certificates that a person bound to a file or directory by {@code
 * hitless.trust.<name>.…}, because hitless cannot find their origin.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public final class ConfiguredTrust {
  static final String PREFIX = "hitless.trust.";

  private static final List<String> KNOWN =
      Arrays.asList("file", "type", "password", "password-file", "for");

  private final String name;
  private final Map<String, String> values;

  private ConfiguredTrust(String name, Map<String, String> values) {
    this.name = name;
    this.values = values;
  }

  static ConfiguredTrust of(String name, Map<String, String> values) {
    for (String key : values.keySet()) {
      if (!KNOWN.contains(key)) {
        throw new IllegalArgumentException("unknown property ." + key + "; known are " + KNOWN);
      }
    }
    if (!values.containsKey("file")) {
      throw new IllegalArgumentException("it needs .file");
    }
    return new ConfiguredTrust(name, values);
  }

  /** Returns the path of a keystore, of a PEM or DER file, or of a directory of such files. */
  public String file() {
    return String.valueOf(values.get("file"));
  }

  /** Returns the type of the keystore, or null to tell by its content. */
  public @Nullable String type() {
    return values.get("type");
  }

  /**
   * Returns which set of trusted certificates it takes the place of: the SHA-256 that the log and
   * the status give; null for the very set that it holds.
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

  @Override
  public String toString() {
    return PREFIX + name;
  }
}
