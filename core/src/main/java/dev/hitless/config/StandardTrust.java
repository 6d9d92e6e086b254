package dev.hitless.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM's own trust store is: what a factory reads that is initialised with no KeyStore
 * (sun.security.ssl.TrustStoreManager). Immutable and thread-safe. Never prints a password.
 */
public final class StandardTrust {
  private final List<String> files = new ArrayList<>();
  private final boolean named;
  private final @Nullable String type;
  private final @Nullable String password;

  /** Reads the system properties. */
  public StandardTrust(Properties system) {
    String file = system.getProperty("javax.net.ssl.trustStore", "");
    named = !file.isEmpty();
    if (!named) {
      String directory = system.getProperty("java.home", "") + "/lib/security/";
      files.add(directory + "jssecacerts");
      files.add(directory + "cacerts");
    } else if (!file.equals("NONE")) {
      files.add(file);
    }
    type = system.getProperty("javax.net.ssl.trustStoreType");
    password = system.getProperty("javax.net.ssl.trustStorePassword");
  }

  /** Returns the paths; the first that exists counts. */
  public List<String> files() {
    return new ArrayList<>(files);
  }

  /** Returns whether a person named it, by {@code javax.net.ssl.trustStore}. */
  public boolean isNamed() {
    return named;
  }

  /** Returns the keystore's type, or null to tell by its content. */
  public @Nullable String type() {
    return type;
  }

  /** Returns the keystore's password, or null. */
  public char @Nullable [] password() {
    return password == null || password.isEmpty() ? null : password.toCharArray();
  }
}
