package dev.hitless.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings of a form; a value of another form is named among the problems, and the default
 * stands. Not thread-safe.
 */
final class Checked {
  private static final List<String> BOOLEANS = Arrays.asList("true", "false");

  private final Settings settings;
  private final List<String> problems;

  Checked(Settings settings, List<String> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  @Nullable String text(String name) {
    String text = settings.get(name);
    return text == null || text.isEmpty() ? null : text;
  }

  String oneOf(String name, String standard, List<String> allowed) {
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

  boolean isTrue(String name, boolean standard) {
    return "true".equals(oneOf(name, Boolean.toString(standard), BOOLEANS));
  }

  Duration duration(String name, Duration standard, Duration least) {
    Duration given = duration(name, least, standard.toMillis() + "ms is used");
    return given == null ? standard : given;
  }

  /** Returns a duration, or null if there is none or none of that form. */
  @Nullable Duration duration(String name, Duration least, String otherwise) {
    String text = settings.get(name);
    if (text == null) {
      return null;
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
          name + "=" + text + " is no duration such as 500ms, 5s, 2m, 1h or 30d; " + otherwise);
      return null;
    }
  }

  int number(String name, int standard, int most) {
    String text = settings.get(name);
    if (text == null) {
      return standard;
    }
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    problems.add(
        name + "=" + text + " is no number from 0 to " + most + "; " + standard + " is used");
    return standard;
  }

  /** Returns an absolute path, or null if there is none or it is no path. */
  @Nullable Path path(String name) {
    String text = text(name);
    try {
      return text == null ? null : Paths.get(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      problems.add(name + "=" + text + " is no path and is ignored: " + e.getReason());
      return null;
    }
  }

  /** Returns the items between commas or semicolons; empty if there are none. */
  List<String> list(String name) {
    String text = settings.get(name);
    List<String> items = new ArrayList<>();
    for (String item : text == null ? new String[0] : text.split("[,;]")) {
      if (!item.trim().isEmpty()) {
        items.add(item.trim());
      }
    }
    return Collections.unmodifiableList(items);
  }
}
