package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class FollowLoopTest {
  private static final Pki CA = Pki.root("Root").intermediate("Intermediate");
  private static final Identity A = CA.leaf("a.example").identity();
  private static final Identity B = CA.leaf("a.example").identity();
  private static final byte[] STORE_A = ToyOrigin.store(Collections.singletonMap("x", A));
  private static final byte[] STORE_B = ToyOrigin.store(Collections.singletonMap("x", B));

  private final Recorder told = new Recorder();
  @TempDir Path directory;

  private ToyOrigin origin(String name) throws IOException {
    Path store = directory.resolve(name);
    Files.write(store, STORE_A);
    return new ToyOrigin(store);
  }

  private void replace(String name, byte[] content) throws IOException {
    Path written = directory.resolve(name + ".tmp");
    Files.write(written, content);
    Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @ParameterizedTest
  @EnumSource
  void losesNoTaskAndInterruptsNoReadUnderStress(Noticing noticing) throws Exception {
    int threads = 4;
    int tasksEach = 25_000;
    ToyOrigin origin = origin("store");
    AtomicInteger interrupted = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch ran = new CountDownLatch(threads * tasksEach);
    try (RunningLoop running = new RunningLoop(noticing)) {
      Follower<Map<String, Identity>> follower = running.follow(origin, A, told);
      Runnable task =
          () -> {
            if (Thread.currentThread().isInterrupted()) {
              interrupted.incrementAndGet();
            }
            ran.countDown();
          };
      List<Thread> producers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        producers.add(
            new Thread(
                () -> {
                  for (int n = 0; n < tasksEach; n++) {
                    running.loop.execute(task);
                    if (n % 16 == 0) {
                      LockSupport.parkNanos(1);
                    }
                  }
                }));
      }
      Thread writer = new Thread(() -> alternate(done));
      writer.start();
      producers.forEach(Thread::start);
      assertThat(ran.await(120, TimeUnit.SECONDS)).isTrue();
      done.set(true);
      writer.join();
      replace("store", STORE_B);
      while (!follower.generation().material().containsValue(B)) {
        running.awaitTask();
      }
      running.failures.removeIf(UnsupportedOperationException.class::isInstance);
      assertThat(running.failures).isEmpty();
    }
    assertThat(interrupted.get()).isZero();
    assertThat(origin.interrupted.get()).isZero();
  }

  private void alternate(AtomicBoolean done) {
    try {
      for (int i = 0; !done.get(); i++) {
        replace("store", i % 2 == 0 ? STORE_B : STORE_A);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runsTasksBeforeAnythingIsFollowedAndOpensNoWatchService() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    DirectoryWatch.Source counting =
        () -> {
          opened.incrementAndGet();
          return FileSystems.getDefault().newWatchService();
        };
    ToyOrigin origin = origin("store");
    try (RunningLoop running = new RunningLoop(Noticing.EVENTS, counting)) {
      running.awaitTask();
      running.awaitTask();
      assertThat(opened.get()).isZero();
      running.follow(origin, A, told);
      replace("store", STORE_B);
      told.awaitGeneration(2, B);
      assertThat(opened.get()).isEqualTo(1);
    }
  }

  @Test
  void goesOnAfterATaskThatThrows() throws Exception {
    try (RunningLoop running = new RunningLoop(Noticing.EVENTS)) {
      running.loop.execute(
          () -> {
            throw new StackOverflowError("on purpose");
          });
      running.awaitTask();
      assertThat(running.failures).singleElement().isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void triesAgainAfterAListenerThatThrows() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    GenerationListener<Map<String, Identity>> clumsy =
        new GenerationListener<Map<String, Identity>>() {
          @Override
          public void accepted(Generation<Map<String, Identity>> generation) {
            if (calls.incrementAndGet() == 1) {
              throw new IllegalStateException("on purpose");
            }
            told.accepted(generation);
          }

          @Override
          public void refused(Refusal refusal) {}

          @Override
          public void healed() {}
        };
    ToyOrigin origin = origin("store");
    try (RunningLoop running = new RunningLoop(Noticing.POLLING)) {
      running.follow(origin, A, clumsy);
      replace("store", STORE_B);
      told.awaitGeneration(2, B);
      assertThat(running.failures).filteredOn(IllegalStateException.class::isInstance).hasSize(1);
    }
  }

  @Test
  void saysOnceThatThereAreNoEvents() throws Exception {
    try (RunningLoop running = new RunningLoop(Noticing.POLLING)) {
      ToyOrigin first = origin("1");
      running.follow(first, A, told);
      running.follow(origin("2"), A, told);
      first.forgetReads();
      first.awaitRead();
      assertThat(running.failures)
          .singleElement()
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void servesWhatHasChangedBeforeAllOfManyTasks() throws Exception {
    int tasks = 200;
    CountDownLatch left = new CountDownLatch(tasks);
    ToyOrigin origin = origin("store");
    try (RunningLoop running = new RunningLoop(Noticing.EVENTS)) {
      running.follow(origin, A, told);
      replace("store", STORE_B);
      for (int i = 0; i < tasks; i++) {
        running.loop.execute(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
              left.countDown();
            });
      }
      told.awaitGeneration(2, B);
      assertThat(left.getCount()).isPositive();
    }
  }

  @Test
  void survivesInterruptsOfStrangers() throws Exception {
    ToyOrigin origin = origin("store");
    try (RunningLoop running = new RunningLoop(Noticing.EVENTS)) {
      running.follow(origin, A, told);
      for (int i = 0; i < 1000; i++) {
        running.thread.interrupt();
      }
      running.awaitTask();
      replace("store", STORE_B);
      told.awaitGeneration(2, B);
    }
  }

  @Test
  void forgetsAFollower() throws Exception {
    ToyOrigin forgotten = origin("1");
    ToyOrigin kept = origin("2");
    Recorder toldOfForgotten = new Recorder();
    try (RunningLoop running = new RunningLoop(Noticing.EVENTS)) {
      Follower<Map<String, Identity>> follower = running.follow(forgotten, A, toldOfForgotten);
      running.follow(kept, A, told);
      running.loop.unfollow(follower);
      running.awaitTask();
      replace("1", STORE_B);
      replace("2", STORE_B);
      told.awaitGeneration(2, B);
      toldOfForgotten.assertNothingTold();
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsThousands(Noticing noticing) throws Exception {
    int count = 3_000;
    int changed = 100;
    CountDownLatch accepted = new CountDownLatch(changed);
    GenerationListener<Map<String, Identity>> counting =
        new GenerationListener<Map<String, Identity>>() {
          @Override
          public void accepted(Generation<Map<String, Identity>> generation) {
            accepted.countDown();
          }

          @Override
          public void refused(Refusal refusal) {
            throw new AssertionError(refusal.reason());
          }

          @Override
          public void healed() {}
        };
    try (RunningLoop running = new RunningLoop(noticing)) {
      List<ToyOrigin> origins = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        origins.add(origin("store-" + i));
        running.loop.follow(RunningLoop.follower(origins.get(i), A, counting));
      }
      for (ToyOrigin origin : origins) {
        origin.awaitRead();
      }
      for (int i = 0; i < changed; i++) {
        replace("store-" + i, STORE_B);
      }
      assertThat(accepted.await(120, TimeUnit.SECONDS)).isTrue();
    }
  }
}
