package dev.hitless.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hitless.renew.…} says: who issues, what is renewed, and when.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public final class ConfiguredRenewal {
  /** Signs with a CA of files. */
  public static final String LOCAL_CA = "local-ca";

  /** A command that is given a request and gives a chain. */
  public static final String EXEC = "exec";

  /** A command that writes the files itself. */
  public static final String COMMAND = "command";

  static final String PREFIX = "hitless.renew.";
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MOST_FORMER = 1000;

  static final List<String> KNOWN =
      Arrays.asList(
          PREFIX + "check",
          PREFIX + "command.command",
          PREFIX + "command.timeout",
          PREFIX + "dry-run",
          PREFIX + "exec.command",
          PREFIX + "exec.timeout",
          PREFIX + "identity",
          PREFIX + "issuer",
          PREFIX + "keep",
          PREFIX + "key",
          PREFIX + "local-ca.alias",
          PREFIX + "local-ca.cert",
          PREFIX + "local-ca.key",
          PREFIX + "local-ca.key-password",
          PREFIX + "local-ca.key-password-file",
          PREFIX + "local-ca.keystore",
          PREFIX + "local-ca.password",
          PREFIX + "local-ca.password-file",
          PREFIX + "local-ca.type",
          PREFIX + "reuse-key",
          PREFIX + "validity",
          PREFIX + "window");

  private final List<String> issuers;
  private final Duration window;
  private final Duration check;
  private final List<String> identities;
  private final boolean dryRun;
  private final int keep;
  private final boolean reuseKey;
  private final String key;
  private final @Nullable Duration validity;
  private final ConfiguredStore localCa;
  private final @Nullable String exec;
  private final Duration execTimeout;
  private final @Nullable String command;
  private final Duration commandTimeout;

  ConfiguredRenewal(Checked settings, List<String> problems) {
    window = settings.duration(PREFIX + "window", Duration.ofDays(30), SECOND);
    check = settings.duration(PREFIX + "check", Duration.ofHours(1), LEAST);
    identities = settings.list(PREFIX + "identity");
    dryRun = settings.isTrue(PREFIX + "dry-run", false);
    keep = settings.number(PREFIX + "keep", 5, MOST_FORMER);
    reuseKey = settings.isTrue(PREFIX + "reuse-key", false);
    String kind = settings.text(PREFIX + "key");
    key = kind == null ? "same" : kind;
    validity =
        settings.duration(PREFIX + "validity", SECOND, "that of the former certificate is used");
    localCa = new ConfiguredStore(PREFIX + "local-ca.", settings);
    exec = settings.text(PREFIX + "exec.command");
    execTimeout = settings.duration(PREFIX + "exec.timeout", Duration.ofMinutes(5), LEAST);
    command = settings.text(PREFIX + "command.command");
    commandTimeout = settings.duration(PREFIX + "command.timeout", Duration.ofMinutes(5), LEAST);
    issuers = issuers(settings.list(PREFIX + "issuer"), problems);
  }

  private List<String> issuers(List<String> named, List<String> problems) {
    List<String> usable = new ArrayList<>();
    for (String name : named) {
      String issuer = name.toLowerCase(Locale.ROOT);
      String missing = missing(issuer);
      if (missing == null && !usable.contains(issuer)) {
        usable.add(issuer);
      } else if (missing != null) {
        problems.add(PREFIX + "issuer=" + name + " is ignored: " + missing);
      }
    }
    return Collections.unmodifiableList(usable);
  }

  private @Nullable String missing(String issuer) {
    switch (issuer) {
      case LOCAL_CA:
        return localCa.isGiven()
            ? null
            : "it needs " + PREFIX + "local-ca.cert and .key, or .keystore";
      case EXEC:
        return exec == null ? "it needs " + PREFIX + "exec.command" : null;
      case COMMAND:
        return command == null ? "it needs " + PREFIX + "command.command" : null;
      default:
        return "known are " + Arrays.asList(LOCAL_CA, EXEC, COMMAND);
    }
  }

  /**
   * Returns the issuers by name, in the order in which they are asked; none: nothing is renewed.
   */
  public List<String> issuers() {
    return issuers;
  }

  /** Returns how long before the expiry renewal starts at the earliest; at least a second. */
  public Duration window() {
    return window;
  }

  /** Returns how often expiry is checked at the longest; at least 100 ms. */
  public Duration check() {
    return check;
  }

  /** Returns names or path patterns of what is renewed; empty: what the issuers issued. */
  public List<String> identities() {
    return identities;
  }

  /** Returns whether all is done but writing. */
  public boolean dryRun() {
    return dryRun;
  }

  /** Returns how many former versions of the files are kept, from 0 on. */
  public int keep() {
    return keep;
  }

  /** Returns whether the private key stays the same. */
  public boolean reuseKey() {
    return reuseKey;
  }

  /** Returns the kind of new keys as it was written; {@code same} unless told. */
  public String key() {
    return key;
  }

  /** Returns how long new certificates are to be valid; null: as long as the former one. */
  public @Nullable Duration validity() {
    return validity;
  }

  /** Returns where the local CA lies. */
  public ConfiguredStore localCa() {
    return localCa;
  }

  /** Returns the command that signs requests, as one line; null if there is none. */
  public @Nullable String exec() {
    return exec;
  }

  /** Returns how long that command may take. */
  public Duration execTimeout() {
    return execTimeout;
  }

  /** Returns the command that writes the files itself, as one line; null if there is none. */
  public @Nullable String command() {
    return command;
  }

  /** Returns how long that command may take. */
  public Duration commandTimeout() {
    return commandTimeout;
  }
}
