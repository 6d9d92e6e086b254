package dev.hitless.agent.inside.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inspect} is pointed at: a path, or a server. What exists as a file is one; so is what
 * looks like one.
 *
 * <p>Immutable.
 */
final class Target {
  private static final int HTTPS = 443;
  private static final Pattern SERVER =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([\\p{L}\\p{N}._-]+))(?::(\\d{1,5}))?");
  private static final Pattern FILE_NAME =
      Pattern.compile(".*\\.(pem|crt|cer|cert|key|der|p12|pfx|jks|jceks|keystore|truststore|txt)");

  final String text;
  final @Nullable Path path;
  final String host;
  final int port;

  private Target(String text, @Nullable Path path, String host, int port) {
    this.text = text;
    this.path = path;
    this.host = host;
    this.port = port;
  }

  /**
   * Parses an argument.
   *
   * @throws IllegalArgumentException if it is neither, in words
   */
  static Target of(String text) {
    Path path = path(text);
    if (path != null && Files.exists(path)) {
      return new Target(text, path, "", 0);
    }
    String server = text;
    int scheme = server.indexOf("://");
    if (scheme > 0) {
      server = server.substring(scheme + "://".length());
      int slash = server.indexOf('/');
      server = slash < 0 ? server : server.substring(0, slash);
    }
    Matcher matcher = SERVER.matcher(server);
    boolean named = FILE_NAME.matcher(text.toLowerCase(Locale.ROOT)).matches();
    if (matcher.matches() && !named) {
      String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      int port = matcher.group(3) == null ? HTTPS : Integer.parseInt(matcher.group(3));
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " of " + text + " is not in 1..65535");
      }
      return new Target(text, null, host, port);
    }
    if (path == null) {
      throw new IllegalArgumentException(text + " is neither a path nor HOST[:PORT]");
    }
    return new Target(text, path, "", 0);
  }

  private static @Nullable Path path(String text) {
    try {
      return text.isEmpty() ? null : Paths.get(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
