package dev.hitless.it.start;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The classes that a JVM tells it has loaded when it runs with {@code -verbose:class}. */
final class ClassLoadLog {
  static final String OPTION = "-verbose:class";

  /**
   * {@code [Loaded x.Y from …]} on Java 8, {@code [0.1s][info][class,load] x.Y source: …} later.
   */
  private static final Pattern LOADED =
      Pattern.compile("(?:\\[Loaded (\\S+) from |\\[class,load *\\] (\\S+) source: )");

  private ClassLoadLog() {}

  static Set<String> classes(Finished finished) {
    return LOADED
        .matcher(finished.out())
        .results()
        .map(ClassLoadLog::name)
        .collect(Collectors.toSet());
  }

  private static String name(MatchResult line) {
    return line.group(1) != null ? line.group(1) : line.group(2);
  }
}
