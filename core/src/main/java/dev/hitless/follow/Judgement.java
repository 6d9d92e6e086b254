package dev.hitless.follow;

import java.util.Collections;
import java.util.List;

/**
 * What a judge says of new contents.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <M> what the files hold
 */
public final class Judgement<M> {
  private final M next;
  private final boolean holds;
  private final List<String> warnings;
  private final List<String> refusals;

  /**
   * Creates a judgement.
   *
   * @param next what is to be served from now on; equal to what is served if nothing changes
   * @param holds whether something may be the middle of a rewrite and is to be looked at again
   * @param warnings on what is served all the same
   * @param refusals why some of it is not served
   */
  Judgement(M next, boolean holds, List<String> warnings, List<String> refusals) {
    this.next = next;
    this.holds = holds;
    this.warnings = Collections.unmodifiableList(warnings);
    this.refusals = Collections.unmodifiableList(refusals);
  }

  M next() {
    return next;
  }

  boolean holds() {
    return holds;
  }

  List<String> warnings() {
    return warnings;
  }

  List<String> refusals() {
    return refusals;
  }
}
