package dev.hitless.follow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One loaded state of an origin that passed the gate: what handshakes are served from.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <M> what the files of the origin hold
 */
public final class Generation<M> {
  private final long number;
  private final M material;
  private final Instant changed;
  private final List<String> warnings;

  /**
   * Creates a generation.
   *
   * @param number 1 for what the server itself read, then counting up for each origin
   * @param material what is served
   * @param changed when the change was noticed
   * @param warnings what the gate let through with a remark
   */
  public Generation(long number, M material, Instant changed, List<String> warnings) {
    this.number = number;
    this.material = material;
    this.changed = changed;
    this.warnings = Collections.unmodifiableList(new ArrayList<>(warnings));
  }

  /** Returns the number of this generation of its origin, from 1. */
  public long number() {
    return number;
  }

  /**
   * Returns what is served: of identities, each by the alias under which it was first found in the
   * origin, whatever the files call it now.
   */
  public M material() {
    return material;
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
