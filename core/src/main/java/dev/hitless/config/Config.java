package dev.hitless.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What hitless was told, checked; a value that makes no sense is named in {@link #problems} and its
 * default stands.
 *
 * <p>Immutable and thread-safe.
 */
public final class Config {
  private static final List<String> LEVELS = Arrays.asList("off", "error", "warn", "info", "debug");

  private final List<String> problems = new ArrayList<>();
  private final Duration poll;
  private final boolean strict;
  private final String logLevel;
  private final @Nullable String logFile;
  private final boolean jmx;
  private final List<ConfiguredIdentity> identities;
  private final List<ConfiguredTrust> trusts;

  /** Checks the settings. */
  public Config(Settings settings) {
    problems.addAll(settings.problems());
    poll = duration(settings, "hitless.poll", Duration.ofSeconds(5), Duration.ofMillis(10));
    strict =
        "strict"
            .equals(oneOf(settings, "hitless.gate", "lenient", Arrays.asList("lenient", "strict")));
    logLevel = oneOf(settings, "hitless.log.level", "info", LEVELS);
    logFile = settings.get("hitless.log.file");
    List<String> booleans = Arrays.asList("true", "false");
    jmx = "true".equals(oneOf(settings, "hitless.jmx", "true", booleans));
    oneOf(settings, "hitless.enabled", "true", booleans);
    oneOf(settings, "hitless.trust", "true", booleans);
    identities = named(settings, ConfiguredIdentity.PREFIX, ConfiguredIdentity::of);
    trusts = named(settings, ConfiguredTrust.PREFIX, ConfiguredTrust::of);
    for (String name : settings.all().keySet()) {
      if (!Known.NAMES.contains(name)
          && !name.startsWith(ConfiguredIdentity.PREFIX)
          && !name.startsWith(ConfiguredTrust.PREFIX)) {
        problems.add(
            "unknown setting "
                + name
                + " is ignored; known are "
                + Known.NAMES
                + " and "
                + ConfiguredIdentity.PREFIX
                + "<name>.… and "
                + ConfiguredTrust.PREFIX
                + "<name>.…");
      }
    }
  }

  private static final class Known {
    static final List<String> NAMES =
        Arrays.asList(
            "hitless.enabled",
            "hitless.gate",
            "hitless.jmx",
            "hitless.log.file",
            "hitless.log.level",
            "hitless.poll",
            "hitless.trust");
  }

  private String oneOf(Settings settings, String name, String standard, List<String> allowed) {
    String text = settings.get(name);
    if (text == null) {
      return standard;
    }
    String value = text.toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      problems.add(name + "=" + text + " is none of " + allowed + "; " + standard + " is used");
      return standard;
    }
    return value;
  }

  private Duration duration(Settings settings, String name, Duration standard, Duration least) {
    String text = settings.get(name);
    if (text == null) {
      return standard;
    }
    try {
      Duration value = Durations.parse(text);
      if (value.compareTo(least) >= 0) {
        return value;
      }
      problems.add(name + "=" + text + " is less than " + least.toMillis() + "ms, which is used");
      return least;
    } catch (IllegalArgumentException e) {
      problems.add(
          name
              + "="
              + text
              + " is no duration such as 500ms, 5s, 2m, 1h or 30d; "
              + standard.toMillis()
              + "ms is used");
      return standard;
    }
  }

  private interface Named<T> {
    T of(String name, Map<String, String> values);
  }

  private <T> List<T> named(Settings settings, String prefix, Named<T> maker) {
    Map<String, Map<String, String>> byName = new TreeMap<>();
    for (Map.Entry<String, String> setting : settings.all().entrySet()) {
      if (setting.getKey().startsWith(prefix)) {
        String rest = setting.getKey().substring(prefix.length());
        int dot = rest.indexOf('.');
        if (dot <= 0) {
          problems.add("setting " + setting.getKey() + " names no property and is ignored");
          continue;
        }
        byName
            .computeIfAbsent(rest.substring(0, dot), n -> new TreeMap<>())
            .put(rest.substring(dot + 1), setting.getValue());
      }
    }
    List<T> found = new ArrayList<>();
    byName.forEach(
        (name, values) -> {
          try {
            found.add(maker.of(name, values));
          } catch (IllegalArgumentException e) {
            problems.add(prefix + name + " is ignored: " + e.getMessage());
          }
        });
    return found;
  }

  /** Returns the files' polling interval, at least 10 ms; 5 s unless told. */
  public Duration poll() {
    return poll;
  }

  /** Returns whether the gate refuses what it would otherwise serve with a warning. */
  public boolean strict() {
    return strict;
  }

  /** Returns off, error, warn, info or debug. */
  public String logLevel() {
    return logLevel;
  }

  /** Returns the log file, or null for the standard error stream. */
  public @Nullable String logFile() {
    return logFile;
  }

  /** Returns whether the status is offered through JMX. */
  public boolean jmx() {
    return jmx;
  }

  /** Returns the identities that are bound by configuration; unmodifiable. */
  public List<ConfiguredIdentity> identities() {
    return Collections.unmodifiableList(identities);
  }

  /** Returns the trusted certificates that are bound by configuration; unmodifiable. */
  public List<ConfiguredTrust> trusts() {
    return Collections.unmodifiableList(trusts);
  }

  /** Returns what makes no sense, in words and without secrets; unmodifiable. */
  public List<String> problems() {
    return Collections.unmodifiableList(problems);
  }
}
