package dev.hitless.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which names are permitted: those that are allowed, or all if none is said to be, but for those
 * that are denied. {@code *} stands for any characters, upper and lower case are one, and a cipher
 * suite is the same with {@code SSL_} as with {@code TLS_}.
 *
 * <p>Thread-safe. It remembers its answers, so only names of a limited number may be asked: those
 * that the JDK has.
 */
final class NameFilter {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_*-]+");

  private final List<Pattern> allowed;
  private final List<Pattern> denied;
  private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

  /**
   * Creates a filter.
   *
   * @param allowed patterns; empty for all
   * @param denied patterns
   */
  NameFilter(List<String> allowed, List<String> denied) {
    this.allowed = patterns(allowed);
    this.denied = patterns(denied);
  }

  /**
   * Looks whether the patterns have the form of names.
   *
   * @throws IllegalArgumentException if one has not
   */
  static void check(List<String> patterns) {
    for (String pattern : patterns) {
      if (!FORM.matcher(pattern).matches()) {
        throw new IllegalArgumentException("holds \"" + pattern + "\", which is no name");
      }
    }
  }

  private static List<Pattern> patterns(List<String> texts) {
    List<Pattern> patterns = new ArrayList<>();
    for (String text : texts) {
      StringBuilder regex = new StringBuilder();
      for (char c : plain(text).toCharArray()) {
        regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
      }
      patterns.add(Pattern.compile(regex.toString()));
    }
    return patterns;
  }

  private static String plain(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("SSL_") ? "TLS_" + upper.substring("SSL_".length()) : upper;
  }

  /** Returns whether everything is permitted. */
  boolean permitsAll() {
    return allowed.isEmpty() && denied.isEmpty();
  }

  boolean permits(String name) {
    Boolean known = answers.get(name);
    if (known == null) {
      String plain = plain(name);
      known = (allowed.isEmpty() || matches(allowed, plain)) && !matches(denied, plain);
      answers.put(name, known);
    }
    return known;
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }
}
