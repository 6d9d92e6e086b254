package dev.hitless.follow;

import dev.hitless.material.Passwords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was seen of a server while it set up TLS. Hints say where to look; what is found there is
 * what proves an origin.
 *
 * <p>Immutable and thread-safe. Never prints a password.
 */
public final class Hints {
  /** A file that the process opened. Immutable. */
  public static final class OpenedFile {
    private final Path path;
    private final long openedAtMillis;

    /**
     * Creates one.
     *
     * @param path as it was opened, but absolute
     * @param openedAtMillis when, in milliseconds since 1970
     */
    public OpenedFile(Path path, long openedAtMillis) {
      this.path = path.toAbsolutePath();
      this.openedAtMillis = openedAtMillis;
    }

    /** Returns the absolute path, symbolic links kept. */
    public Path path() {
      return path;
    }

    /** Returns when the file was opened, in milliseconds since 1970. */
    public long openedAtMillis() {
      return openedAtMillis;
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  private final List<OpenedFile> files;
  private final List<char[]> passwords;
  private final List<String> types;
  private final Set<Path> named;

  /**
   * Creates hints.
   *
   * @param files the files opened lately, latest first
   * @param passwords what may open keystores and keys, likeliest first; copied
   * @param types the keystore types that the server asked for; PKCS12, JKS and JCEKS are known
   *     anyway
   */
  public Hints(List<OpenedFile> files, List<char[]> passwords, List<String> types) {
    this(files, passwords, types, Collections.emptySet());
  }

  /**
   * Creates hints.
   *
   * @param named those of the files that the command line names
   * @see #Hints(List, List, List)
   */
  public Hints(
      List<OpenedFile> files, List<char[]> passwords, List<String> types, Set<Path> named) {
    this.files = Collections.unmodifiableList(new ArrayList<>(files));
    this.passwords = Passwords.copy(passwords);
    this.types = Collections.unmodifiableList(new ArrayList<>(types));
    this.named = Collections.unmodifiableSet(new HashSet<>(named));
  }

  /** Returns the files opened lately, latest first; unmodifiable. */
  public List<OpenedFile> files() {
    return files;
  }

  /**
   * Returns these hints with only the files that were opened in a span of time.
   *
   * @param after in milliseconds since 1970, exclusive
   * @param until in milliseconds since 1970, inclusive
   */
  public Hints between(long after, long until) {
    List<OpenedFile> within = new ArrayList<>();
    for (OpenedFile file : files) {
      if (file.openedAtMillis() > after && file.openedAtMillis() <= until) {
        within.add(file);
      }
    }
    return with(within);
  }

  /**
   * Returns these hints with other files.
   *
   * @param instead latest first
   */
  public Hints with(List<OpenedFile> instead) {
    return new Hints(instead, passwords, types);
  }

  List<char[]> passwords() {
    return passwords;
  }

  List<String> types() {
    return types;
  }

  Set<Path> named() {
    return named;
  }

  @Override
  public String toString() {
    return files.size() + " files, " + passwords.size() + " passwords, types " + types;
  }
}
