package dev.hitless.renew;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks identities by one of their names ({@code www.example.com}, {@code *.example.com}, {@code
 * *}), or by the file they are in: its name ({@code server.p12}, {@code *.pem}) or, with a
 * separator in it, its absolute path as a glob of {@link java.nio.file.FileSystem#getPathMatcher}
 * ({@code /etc/tls/**}).
 *
 * <p>Immutable and thread-safe.
 */
public final class IdentityPattern {
  private final String text;
  private final Pattern name;
  private final @Nullable PathMatcher path;

  private IdentityPattern(String text, Pattern name, @Nullable PathMatcher path) {
    this.text = text;
    this.name = name;
    this.path = path;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it has a separator and is no glob
   */
  public static IdentityPattern of(String text) {
    String name =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    boolean isPath = text.indexOf('/') >= 0 || text.indexOf('\\') >= 0;
    return new IdentityPattern(
        text,
        Pattern.compile(name),
        isPath ? FileSystems.getDefault().getPathMatcher("glob:" + text) : null);
  }

  /**
   * Returns whether an identity is meant.
   *
   * @param names of its leaf
   * @param files the absolute paths of its files
   */
  boolean matches(Collection<String> names, List<Path> files) {
    PathMatcher glob = path;
    if (glob != null) {
      return files.stream().anyMatch(glob::matches)
          || names.stream().anyMatch(text::equalsIgnoreCase); // a URI
    }
    return names.stream().anyMatch(this::isLike)
        || files.stream().anyMatch(f -> isLike(String.valueOf(f.getFileName())));
  }

  private boolean isLike(String candidate) {
    return name.matcher(candidate.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
