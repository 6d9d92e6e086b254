package dev.hitless.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
  private static final List<String> GATES = Arrays.asList("lenient", "strict");
  private static final List<String> SESSIONS = Arrays.asList("keep", "invalidate");

  private final List<String> problems = new ArrayList<>();
  private final Duration poll;
  private final boolean strict;
  private final String logLevel;
  private final @Nullable String logFile;
  private final boolean jmx;
  private final ConfiguredRenewal renewal;
  private final boolean endingSessions;
  private final @Nullable Path endSessionsFile;
  private final List<ConfiguredIdentity> identities;
  private final List<ConfiguredTrust> trusts;

  /** Checks the settings. */
  public Config(Settings settings) {
    problems.addAll(settings.problems());
    Checked checked = new Checked(settings, problems);
    poll = checked.duration("hitless.poll", Duration.ofSeconds(5), Duration.ofMillis(10));
    strict = "strict".equals(checked.oneOf("hitless.gate", "lenient", GATES));
    logLevel = checked.oneOf("hitless.log.level", "info", LEVELS);
    logFile = settings.get("hitless.log.file");
    jmx = checked.isTrue("hitless.jmx", true);
    checked.isTrue("hitless.enabled", true);
    checked.isTrue("hitless.trust", true);
    endingSessions = "invalidate".equals(checked.oneOf("hitless.sessions", "keep", SESSIONS));
    endSessionsFile = checked.path("hitless.sessions.end-file");
    renewal = new ConfiguredRenewal(checked, problems);
    identities = named(settings, ConfiguredIdentity.PREFIX, ConfiguredIdentity::of);
    trusts = named(settings, ConfiguredTrust.PREFIX, ConfiguredTrust::of);
    for (String name : settings.all().keySet()) {
      List<String> known =
          name.startsWith(ConfiguredRenewal.PREFIX) ? ConfiguredRenewal.KNOWN : Known.NAMES;
      if (!known.contains(name)
          && !name.startsWith(ConfiguredIdentity.PREFIX)
          && !name.startsWith(ConfiguredTrust.PREFIX)
          && !name.startsWith("hitless.policy.")) {
        problems.add(
            "unknown setting "
                + name
                + " is ignored; known are "
                + known
                + ", "
                + ConfiguredIdentity.PREFIX
                + "<name>.… and "
                + ConfiguredTrust.PREFIX
                + "<name>.… and "
                + ConfiguredRenewal.PREFIX
                + "… and hitless.policy.…");
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
            "hitless.sessions",
            "hitless.sessions.end-file",
            "hitless.trust");
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

  /** Returns what is renewed, by whom, and when. */
  public ConfiguredRenewal renewal() {
    return renewal;
  }

  /** Returns whether the rotation of an identity ends the sessions of its contexts. */
  public boolean endingSessions() {
    return endingSessions;
  }

  /** Returns the file of which each change ends all sessions, or null. */
  public @Nullable Path endSessionsFile() {
    return endSessionsFile;
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
