package dev.hitless.config;

import java.io.ByteArrayInputStream;
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

  private final Map<String, String> fixed;
  private final @Nullable String file;

  private Settings(
      Map<String, String> values,
      Map<String, String> fixed,
      @Nullable String file,
      List<String> problems) {
    this.values = Collections.unmodifiableMap(values);
    this.fixed = Collections.unmodifiableMap(fixed);
    this.file = file;
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
    Map<String, String> fixed = new TreeMap<>(given);
    synchronized (system) {
      for (String name : system.stringPropertyNames()) {
        if (name.startsWith(PREFIX)) {
          fixed.put(name, system.getProperty(name).trim());
        }
      }
    }
    values.putAll(fixed);
    values.remove("hitless.config");
    values.remove("hitless.started");
    return new Settings(values, fixed, file, problems);
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
    putAll(properties, values);
  }

  private static void putAll(Properties properties, Map<String, String> values) {
    for (String name : properties.stringPropertyNames()) {
      values.put(key(name), properties.getProperty(name).trim());
    }
  }

  /**
   * Returns what the settings would be with another content of the properties file, sorted.
   *
   * @throws IllegalArgumentException if it is no content of a properties file
   */
  public Map<String, String> withFile(byte[] content) {
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    Map<String, String> all = new TreeMap<>();
    putAll(properties, all);
    all.putAll(fixed);
    return all;
  }

  /** Returns what no change of the properties file changes, by name, sorted; unmodifiable. */
  public Map<String, String> fixed() {
    return fixed;
  }

  /** Returns the properties file as it was given, whether it can be read or not; null if none. */
  public @Nullable String file() {
    return file;
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
