package dev.hitless.inspect;

import dev.hitless.material.MaterialException.Reason;
import java.nio.file.Path;

/**
 * A file of which nothing could be read, and why.
 *
 * <p>Immutable and thread-safe.
 */
public final class Unread {
  private final Path file;
  private final Reason reason;
  private final String text;

  /**
   * Creates one.
   *
   * @param text why, for a person, without secrets
   */
  public Unread(Path file, Reason reason, String text) {
    this.file = file;
    this.reason = reason;
    this.text = text;
  }

  /** Returns the file as it was given. */
  public Path file() {
    return file;
  }

  /** Returns what kind of obstacle it was. */
  public Reason reason() {
    return reason;
  }

  /** Returns why, in words. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return file + ": " + text;
  }
}
