package dev.hitless;

import dev.hitless.policy.Policies;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a file says, and whether the file seems whole. Two are equal if they say the
 * same. Immutable and thread-safe.
 */
final class PolicyContent {
  private final Policies policies;
  private final boolean whole;

  PolicyContent(Policies policies, boolean whole) {
    this.policies = policies;
    this.whole = whole;
  }

  Policies policies() {
    return policies;
  }

  /** Returns whether this may be the first half of a file that says more. */
  boolean mayBeHalfAfter(PolicyContent before) {
    return !whole || before.policies.isLiftedBy(policies);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyContent && policies.equals(((PolicyContent) other).policies);
  }

  @Override
  public int hashCode() {
    return policies.hashCode();
  }

  @Override
  public String toString() {
    return policies.toString();
  }
}
