package dev.hitless.renew.issue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command and its arguments, as one line of a configuration. No shell sees it.
 *
 * <p>Blanks separate arguments. Between single quotes all is literal; between double quotes too,
 * except that a backslash takes a following {@code "} or {@code \} literally. Outside quotes a
 * backslash is an ordinary character, so that Windows paths need no quoting.
 */
public final class ArgumentList {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  private ArgumentList() {}

  /**
   * Splits a line.
   *
   * @return command and arguments; never empty, unmodifiable
   * @throws IllegalArgumentException what is wrong, and where
   */
  public static List<String> parse(String line) {
    List<String> arguments = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    boolean within = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        i = quoted(line, i, current);
        within = true;
      } else if (!Character.isWhitespace(c)) {
        current.append(c);
        within = true;
      } else if (within) {
        arguments.add(current.toString());
        current.setLength(0);
        within = false;
      }
    }
    if (within) {
      arguments.add(current.toString());
    }
    if (arguments.isEmpty() || arguments.get(0).isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    return Collections.unmodifiableList(arguments);
  }

  /** Appends what stands between the quote at {@code start} and its end; returns where that is. */
  private static int quoted(String line, int start, StringBuilder to) {
    char quote = line.charAt(start);
    for (int i = start + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == quote) {
        return i;
      }
      char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
      if (quote == '"' && c == '\\' && (next == '"' || next == '\\')) {
        to.append(next);
        i++;
      } else {
        to.append(c);
      }
    }
    throw new IllegalArgumentException(
        "the quote " + quote + " at character " + (start + 1) + " of the command is not closed");
  }

  /**
   * Replaces placeholders such as {@code {cert}} in each argument; what replaces them is not split,
   * nor are placeholders looked for in it.
   *
   * @param values by name; for the files of an identity: {@code cert}, {@code key}, {@code
   *     keystore}
   * @return unmodifiable
   * @throws IllegalArgumentException if a placeholder has no value
   */
  public static List<String> fill(List<String> arguments, Map<String, String> values) {
    List<String> filled = new ArrayList<>();
    for (String argument : arguments) {
      Matcher matcher = PLACEHOLDER.matcher(argument);
      StringBuffer text = new StringBuffer();
      while (matcher.find()) {
        String value = values.get(matcher.group(1));
        if (value == null) {
          throw new IllegalArgumentException(
              "the command names {"
                  + matcher.group(1)
                  + "}, which is not among "
                  + values.keySet()
                  + " of this identity");
        }
        matcher.appendReplacement(text, Matcher.quoteReplacement(value));
      }
      filled.add(matcher.appendTail(text).toString());
    }
    return Collections.unmodifiableList(filled);
  }
}
