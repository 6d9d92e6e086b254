package dev.hitless.follow;

import dev.hitless.material.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One loaded state of an origin that passed the gate: what handshakes are served from.
 *
 * <p>Immutable and thread-safe.
 */
public final class Generation {
  private final long number;
  private final Map<String, Identity> identities;
  private final Instant changed;
  private final List<String> warnings;

  /**
   * Creates a generation.
   *
   * @param number 1 for what the server itself read, then counting up for each origin
   * @param identities the identity that now stands for each followed alias of the origin
   * @param changed when the change was noticed
   * @param warnings what the gate let through with a remark
   */
  public Generation(
      long number, Map<String, Identity> identities, Instant changed, List<String> warnings) {
    this.number = number;
    this.identities = Collections.unmodifiableMap(new LinkedHashMap<>(identities));
    this.changed = changed;
    this.warnings = Collections.unmodifiableList(new ArrayList<>(warnings));
  }

  /** Returns the number of this generation of its origin, from 1. */
  public long number() {
    return number;
  }

  /**
   * Returns the identities by the alias under which they were first found in the origin, whatever
   * the files call them now; unmodifiable.
   */
  public Map<String, Identity> identities() {
    return identities;
  }

  /** Returns when the change was noticed. */
  public Instant changed() {
    return changed;
  }

  /** Returns the gate's remarks on what it let through; unmodifiable, usually empty. */
  public List<String> warnings() {
    return warnings;
  }
}
