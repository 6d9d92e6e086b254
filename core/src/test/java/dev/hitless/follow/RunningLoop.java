package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A loop on its thread, and what it failed at. */
final class RunningLoop implements AutoCloseable {
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final FollowLoop loop;
  final Thread thread;

  RunningLoop(Noticing noticing) {
    this(noticing, noticing.source());
  }

  RunningLoop(Noticing noticing, DirectoryWatch.Source source) {
    loop =
        new FollowLoop(
            noticing.poll(), System::nanoTime, source, (what, cause) -> failures.add(cause));
    thread = new Thread(loop, "hitless-test");
    thread.setDaemon(true);
    thread.start();
  }

  /** Follows one identity of files that hold it now, and waits until they are watched. */
  Follower<Map<String, Identity>> follow(
      ToyOrigin origin, Identity served, GenerationListener<Map<String, Identity>> listener)
      throws InterruptedException {
    Follower<Map<String, Identity>> follower = follower(origin, served, listener);
    loop.follow(follower);
    origin.awaitRead();
    return follower;
  }

  static Follower<Map<String, Identity>> follower(
      ToyOrigin origin, Identity served, GenerationListener<Map<String, Identity>> listener) {
    try {
      List<byte[]> loaded = origin.read();
      origin.forgetReads();
      return new Follower<>(
          origin,
          Collections.singletonMap("x", served),
          Fingerprint.ofBytes(loaded.toArray(new byte[0][])),
          new IdentityJudge(new Gate(false)),
          Clock.fixed(Pki.NOW, ZoneOffset.UTC),
          listener);
    } catch (MaterialException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until a task handed in now has run. */
  void awaitTask() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    loop.execute(ran::countDown);
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() throws InterruptedException {
    loop.stop();
    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
  }
}
