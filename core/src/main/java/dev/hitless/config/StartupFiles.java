package dev.hitless.config;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that the command line names: where else to look for a key that was read before any
 * opening of files could be seen.
 */
public final class StartupFiles {
  private static final Pattern KEY_MATERIAL =
      Pattern.compile(".*\\.(p12|pfx|pkcs12|jks|jceks|keystore|ks|pem|crt|cer|cert|key|der)");

  /** Paths of arguments whose names tell nothing; a program that is given more is no server. */
  private static final int MOST_OTHERS = 64;

  private static final String COMMAND = "sun.java.command";
  private static final Pattern SEPARATORS = Pattern.compile("[\\s=,;]+|file:(//)?");

  private StartupFiles() {}

  /**
   * Returns the paths, as they are written: {@code javax.net.ssl.keyStore} first, then what ends
   * like key material in other system properties and the program's arguments, then what else among
   * the arguments names a file in a directory, since a program may have read that before anything
   * could be seen.
   *
   * @param system the system properties
   */
  public static List<String> of(Properties system) {
    Set<String> paths = new LinkedHashSet<>();
    String keyStore = system.getProperty("javax.net.ssl.keyStore");
    if (keyStore != null && !keyStore.isEmpty() && !"NONE".equals(keyStore)) {
      paths.add(keyStore);
    }
    for (String name : system.stringPropertyNames()) {
      String value = system.getProperty(name, "");
      for (String part : SEPARATORS.split(value)) {
        if (isNamedLikeKeyMaterial(part)) {
          paths.add(part);
        }
      }
    }
    paths.addAll(otherArguments(system.getProperty(COMMAND, "")));
    return new ArrayList<>(paths);
  }

  /** Returns whether a path ends as those of keystores, keys and certificates do. */
  public static boolean isNamedLikeKeyMaterial(String path) {
    return KEY_MATERIAL.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  /** Returns the arguments that are paths; the first of the command is the program. */
  private static List<String> otherArguments(String command) {
    List<String> others = new ArrayList<>();
    String[] parts = SEPARATORS.split(command);
    for (int i = 1; i < parts.length && others.size() < MOST_OTHERS; i++) {
      if (parts[i].indexOf('/') >= 0 || parts[i].indexOf(File.separatorChar) >= 0) {
        others.add(parts[i]);
      }
    }
    return others;
  }

  /** Returns the password of {@code javax.net.ssl.keyStore}, or null. */
  public static char @Nullable [] keyStorePassword(Properties system) {
    String password = system.getProperty("javax.net.ssl.keyStorePassword");
    return password == null ? null : password.toCharArray();
  }
}
