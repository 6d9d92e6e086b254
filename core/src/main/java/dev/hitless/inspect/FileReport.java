package dev.hitless.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What files hold, and which of them could not be read.
 *
 * <p>Immutable and thread-safe.
 */
public final class FileReport {
  private final List<Finding> findings;
  private final List<Unread> unread;

  FileReport(List<Finding> findings, List<Unread> unread) {
    this.findings = Collections.unmodifiableList(new ArrayList<>(findings));
    this.unread = Collections.unmodifiableList(new ArrayList<>(unread));
  }

  /** Returns what was found: keystores' entries and PEM files' contents, in the files' order. */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns the files of which nothing could be read. */
  public List<Unread> unread() {
    return unread;
  }
}
