package dev.hitless.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.tinylog.configuration.Configuration;

/**
 * Writes the few lines that a person should read, through tinylog, to the standard error stream or
 * to a file.
 *
 * <p>Thread-safe; used on the hitless thread only, so that no application thread waits for it.
 */
public final class Log {
  private static final int MOST_CAUSES = 1000;

  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final String level;
  private final @Nullable String file;
  private boolean configured;

  /**
   * Creates a log that configures tinylog at its first line, since that costs a starting JVM
   * dearly; from nothing but these arguments: the application's own tinylog settings are not ours.
   *
   * @param level {@code off}, {@code error}, {@code warn}, {@code info} or {@code debug}
   * @param file where to write, or null for the standard error stream
   */
  public Log(String level, @Nullable String file) {
    this.level = level;
    this.file = file;
  }

  private synchronized void configure() {
    if (configured) {
      return;
    }
    configured = true;
    Map<String, String> settings = new HashMap<>();
    settings.put("level", level);
    settings.put("autoshutdown", "false");
    settings.put("writer.format", "{date: yyyy-MM-dd HH:mm:ss.SSS} hitless {level}: {message}");
    if (file == null) {
      settings.put("writer", "console");
      settings.put("writer.stream", "err");
    } else {
      settings.put("writer", "file");
      settings.put("writer.file", file);
      settings.put("writer.append", "true");
      settings.put("writer.buffered", "false");
    }
    try {
      Configuration.replace(settings);
    } catch (UnsupportedOperationException e) {
      // Configured before, by another instance in this class loader: its lines go the same way.
      return;
    }
  }

  /** Writes a line that says what happened. */
  public void info(String line) {
    configure();
    Logger.info((Object) line);
  }

  /** Writes a line that asks for attention: what happened, what is served, what to do. */
  public void warn(String line) {
    configure();
    Logger.warn((Object) line);
  }

  /** Writes a line about something that needs a person now. */
  public void error(String line) {
    configure();
    Logger.error((Object) line);
  }

  /** Writes a line for those who look closely. */
  public void debug(String line) {
    configure();
    Logger.debug((Object) line);
  }

  /** Warns once per line, however often it is said. */
  public void warnOnce(String line) {
    if (said.size() < MOST_CAUSES && said.add(line)) {
      warn(line);
    }
  }
}
