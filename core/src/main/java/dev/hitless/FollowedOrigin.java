package dev.hitless;

import dev.hitless.follow.FollowSummary;
import dev.hitless.follow.Follower;
import dev.hitless.follow.Found;
import dev.hitless.follow.Gate;
import dev.hitless.follow.Generation;
import dev.hitless.follow.GenerationListener;
import dev.hitless.follow.IdentityJudge;
import dev.hitless.follow.IdentityOrigin;
import dev.hitless.follow.Refusal;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.serve.NettyKeys;
import dev.hitless.serve.RotatingKeyManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An origin that is followed, with the key managers that serve what it holds.
 *
 * <p>Owned by the hitless thread; {@link #summary}, {@link #origin}, {@link #identities}, {@link
 * #generation} and {@link #contexts} may be called by any.
 */
final class FollowedOrigin implements GenerationListener<Map<String, Identity>> {
  private static final int FEW = 64;

  private final IdentityOrigin origin;
  private final Follower<Map<String, Identity>> follower;
  private final Rotations rotations;
  private final Rivalry rivalry;
  private final Consumer<FollowedOrigin> changes;
  private final List<BoundManager> managers = new CopyOnWriteArrayList<>();
  private int crowded = FEW; // an application may make and drop contexts by the thousand
  private volatile Map<String, Identity> identities;
  private volatile @Nullable Generation<Map<String, Identity>>
      served; // null as long as it is the first

  /**
   * Starts from what was found.
   *
   * @param origin the one that was found, or one that reads it
   * @param served the identity that the server itself read, if the files were replaced since
   * @param changes told when the identities are others, after the rotation
   */
  FollowedOrigin(
      Found found,
      IdentityOrigin origin,
      @Nullable Identity served,
      Gate gate,
      Clock clock,
      Rotations rotations,
      Rivalry rivalry,
      Consumer<FollowedOrigin> changes) {
    this.origin = origin;
    this.rotations = rotations;
    this.rivalry = rivalry;
    this.changes = changes;
    Map<String, Identity> first = new LinkedHashMap<>(found.contents().identities());
    Fingerprint digest = found.contents().digest();
    if (served != null) {
      first.put(found.alias(), served);
      digest = null; // what the files hold by now has to pass the gate
    }
    this.identities = first;
    this.follower =
        new Follower<>(origin, identities, digest, new IdentityJudge(gate), clock, this);
  }

  IdentityOrigin origin() {
    return origin;
  }

  Follower<Map<String, Identity>> follower() {
    return follower;
  }

  /** Returns the generation being served; what the follower calls so may be one behind. */
  Generation<Map<String, Identity>> generation() {
    Generation<Map<String, Identity>> now = served;
    return now != null ? now : follower.generation();
  }

  FollowSummary<Map<String, Identity>> summary() {
    return follower.summary();
  }

  @Nullable Identity identity(String alias) {
    return identities.get(alias);
  }

  Map<String, Identity> identities() {
    return identities;
  }

  /** Follows one more identity of the origin, unless its alias is followed already. */
  void add(String alias, Identity identity) {
    if (!identities.containsKey(alias)) {
      Map<String, Identity> more = new LinkedHashMap<>(identities);
      more.put(alias, identity);
      identities = more;
      follower.widen(more);
      changes.accept(this);
    }
  }

  void add(BoundManager manager) {
    if (managers.size() >= crowded) {
      crowded = Math.max(FEW, managers().size() * 2);
    }
    if (managers.isEmpty() || managers.get(managers.size() - 1) != manager) {
      managers.remove(manager);
      managers.add(manager);
    }
  }

  /** Returns the managers that the application still uses. */
  List<BoundManager> managers() {
    managers.removeIf(m -> m.manager() == null);
    return managers;
  }

  /** Returns the live contexts that serve the identity of an alias. */
  Set<SSLContext> contexts(String alias) {
    Set<SSLContext> contexts = new LinkedHashSet<>();
    for (RotatingKeyManager manager : managers(alias)) {
      contexts.addAll(manager.contexts());
    }
    return contexts;
  }

  /** Returns how many live contexts of Netty's OpenSSL serve the identity of an alias. */
  int contexts(String alias, NettyKeys netty) {
    int contexts = 0;
    for (RotatingKeyManager manager : managers(alias)) {
      contexts += netty.contexts(manager);
    }
    return contexts;
  }

  private List<RotatingKeyManager> managers(String alias) {
    List<RotatingKeyManager> serving = new ArrayList<>();
    for (BoundManager bound : managers) {
      RotatingKeyManager manager = bound.manager();
      if (manager != null && bound.serves(this, alias)) {
        serving.add(manager);
      }
    }
    return serving;
  }

  @Override
  public void accepted(Generation<Map<String, Identity>> generation) {
    // Until this comes to an end: if it fails, what was left undone is done at the next look.
    Map<String, Identity> before = follower.generation().material();
    identities = new LinkedHashMap<>(generation.material());
    served = generation;
    if (!rivalry.isSilent(this)) {
      rotations.rotate(this, before, generation);
    }
    rivalry.changed(this);
    if (!rivalry.isSilent(this)) {
      changes.accept(this);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    if (rivalry.isSilent(this)) {
      rivalry.refused(refusal);
    } else {
      rotations.refused(this, refusal);
    }
  }

  @Override
  public void healed() {
    if (!rivalry.isSilent(this)) {
      rotations.healed(this);
    }
  }
}
