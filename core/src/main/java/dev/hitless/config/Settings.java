package dev.hitless.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code hitless.…} settings as text, from all their sources: system properties before the
 * agent's arguments before the properties file.
 *
 * <p>Immutable and thread-safe.
 */
public final class Settings {
  private static final String PREFIX = "hitless.";

  private final Map<String, String> values;
  private final List<String> problems;

  private Settings(Map<String, String> values, List<String> problems) {
    this.values = Collections.unmodifiableMap(values);
    this.problems = Collections.unmodifiableList(problems);
  }

  /**
   * Reads the settings.
   *
   * @param arguments the agent's arguments: null, the path of a properties file, or {@code
   *     key=value,key=value}, with or without the prefix {@code hitless.}
   * @param system the system properties
   */
  public static Settings read(@Nullable String arguments, Properties system) {
    Map<String, String> values = new TreeMap<>();
    Map<String, String> given = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    String file = system.getProperty("hitless.config");
    if (arguments != null && !arguments.trim().isEmpty()) {
      if (arguments.indexOf('=') < 0) {
        file = file != null ? file : arguments.trim();
      } else {
        for (String pair : arguments.split(",")) {
          int equals = pair.indexOf('=');
          if (equals <= 0) {
            problems.add("agent argument \"" + pair + "\" is not key=value and is ignored");
          } else {
            given.put(key(pair.substring(0, equals)), pair.substring(equals + 1).trim());
          }
        }
      }
    }
    file = file != null ? file : given.get("hitless.config");
    if (file != null) {
      readFile(file, values, problems);
    }
    values.putAll(given);
    synchronized (system) {
      for (String name : system.stringPropertyNames()) {
        if (name.startsWith(PREFIX)) {
          values.put(name, system.getProperty(name).trim());
        }
      }
    }
    values.remove("hitless.config");
    values.remove("hitless.started");
    return new Settings(values, problems);
  }

  private static String key(String text) {
    String key = text.trim();
    return key.startsWith(PREFIX) ? key : PREFIX + key;
  }

  private static void readFile(String file, Map<String, String> values, List<String> problems) {
    Properties properties = new Properties();
    try (InputStream in = new FileInputStream(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          "properties file "
              + file
              + " cannot be read and is ignored ("
              + e.getMessage()
              + "); mend it and restart");
      return;
    }
    for (String name : properties.stringPropertyNames()) {
      values.put(key(name), properties.getProperty(name).trim());
    }
  }

  /** Returns the value of a setting, or null. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /**
   * Returns all settings by name, sorted; unmodifiable. Values may be secrets: never print them.
   */
  public Map<String, String> all() {
    return values;
  }

  /** Returns what could not be read, in words; unmodifiable. */
  public List<String> problems() {
    return problems;
  }
}
