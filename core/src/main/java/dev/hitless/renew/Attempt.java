package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.renew.publish.Fence;
import dev.hitless.renew.publish.Target;
import java.time.Instant;
import java.util.function.Consumer;

/** What a {@link Way} is to do. Immutable and thread-safe. */
public final class Attempt {
  private final Target target;
  private final Identity old;
  private final Lifetime lifetime;
  private final Instant now;
  private final Fence fence;
  private final Consumer<Identity> coming;
  private final boolean forced;
  private final boolean dryRun;

  Attempt(
      Target target,
      Identity old,
      Lifetime lifetime,
      Instant now,
      Fence fence,
      Consumer<Identity> coming,
      boolean forced,
      boolean dryRun) {
    this.target = target;
    this.old = old;
    this.lifetime = lifetime;
    this.now = now;
    this.fence = fence;
    this.coming = coming;
    this.forced = forced;
    this.dryRun = dryRun;
  }

  /** Returns where the new identity is to lie. */
  public Target target() {
    return target;
  }

  /** Returns what lies there now. */
  public Identity old() {
    return old;
  }

  /** Returns how long the old certificate was meant to be used. */
  public Lifetime lifetime() {
    return lifetime;
  }

  /** Returns when the attempt began. */
  public Instant now() {
    return now;
  }

  /** Returns what says at the last moment whether it may still be written. */
  public Fence fence() {
    return fence;
  }

  /** Records what is about to be put into the files, before any other process can see it there. */
  void announce(Identity next) {
    coming.accept(next);
  }

  /** Returns whether a person wants it, due or not. */
  public boolean isForced() {
    return forced;
  }

  /** Returns whether all is to be done but writing. */
  public boolean isDryRun() {
    return dryRun;
  }
}
