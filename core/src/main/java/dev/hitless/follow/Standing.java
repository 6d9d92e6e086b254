package dev.hitless.follow;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How likely a path is the one that a server is configured with, rather than a copy of it.
 * Stateless; looks at names only.
 */
final class Standing {
  /** What people and tools add to the name of what they put aside. */
  private static final Pattern COPY =
      Pattern.compile(
          "(.*[._-])?(bak|backup|old|orig|copy|prev|previous|save|saved)([._-]?\\d*)([._-].*)?|.*~");

  /** Named on the command line: nothing is surer. */
  static final int NAMED = 0;

  static final int PLAIN = 1;
  static final int COPIED = 2;

  private Standing() {}

  /** Returns one of the constants above; lower is likelier. */
  static int of(Path path, Set<Path> named) {
    if (named.contains(path)) {
      return NAMED;
    }
    Path name = path.getFileName();
    boolean copied =
        name != null && COPY.matcher(name.toString().toLowerCase(Locale.ROOT)).matches();
    return copied ? COPIED : PLAIN;
  }
}
