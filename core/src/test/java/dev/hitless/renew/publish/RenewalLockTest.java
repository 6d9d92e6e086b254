package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalLockTest {
  /** So long that no heartbeat comes by itself during a test. */
  private static final Duration INTERVAL = Duration.ofHours(1);

  private static final int THREADS = 8;
  private static final String LOCK = "lock";

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private final RenewalLocks locks = locks();
  private final RenewalLocks others = locks();

  @Test
  void isHeldByOneAtATime() throws Exception {
    try (RenewalLock lock = locks.tryAcquire(directory).get()) {
      assertThat(others.tryAcquire(directory)).isEmpty();
      assertThat(locks.tryAcquire(directory)).isEmpty();
      assertThatCode(lock::check).doesNotThrowAnyException();
    }
    assertThat(others.tryAcquire(directory)).isPresent();
  }

  @Test
  void isTakenFromAHolderWhoHasNotBeenSeenAliveForLong() throws Exception {
    RenewalLock silent = locks.tryAcquire(directory).get();
    assertThat(others.tryAcquire(directory)).isEmpty();
    nanos.addAndGet(INTERVAL.multipliedBy(3).toNanos() - 1);
    assertThat(others.tryAcquire(directory)).isEmpty();
    nanos.addAndGet(1);
    Optional<RenewalLock> taken = others.tryAcquire(directory);
    assertThat(taken).isPresent();
    assertThatThrownBy(silent::check)
        .isInstanceOf(PublicationException.class)
        .hasMessageContaining("taken for dead");
    // What wakes up late does no harm to the new holder.
    silent.beat();
    silent.close();
    assertThatCode(taken.get()::check).doesNotThrowAnyException();
    assertThat(locks.tryAcquire(directory)).isEmpty();
  }

  @Test
  void staysWithAHolderWhoseHeartBeats() throws Exception {
    RenewalLock lock = locks.tryAcquire(directory).get();
    for (int i = 0; i < 10; i++) {
      assertThat(others.tryAcquire(directory)).isEmpty();
      nanos.addAndGet(INTERVAL.multipliedBy(2).toNanos());
      lock.beat();
    }
    assertThatCode(lock::check).doesNotThrowAnyException();
  }

  @Test
  void countsSilenceFromWhenItWasFirstSeen() throws Exception {
    nanos.set(Duration.ofDays(365).toNanos());
    RenewalLock lock = locks.tryAcquire(directory).get();
    Files.setLastModifiedTime(
        directory.resolve(".hitless/lock"), java.nio.file.attribute.FileTime.fromMillis(0));
    assertThat(others.tryAcquire(directory)).isEmpty();
    assertThatCode(lock::check).doesNotThrowAnyException();
  }

  @Test
  void outlivesAnEmptyLockFileOfAHolderWhoCouldNotWrite() throws Exception {
    Files.createDirectory(directory.resolve(".hitless"));
    Files.createFile(directory.resolve(".hitless/lock"));
    assertThat(others.tryAcquire(directory)).isEmpty();
    nanos.addAndGet(INTERVAL.multipliedBy(3).toNanos());
    assertThat(others.tryAcquire(directory)).isPresent();
  }

  /** Its next beat is an hour away. */
  @Test
  void leavesNoThreadBehind() throws Exception {
    List<Thread> before = heartbeats();
    RenewalLock lock = locks.tryAcquire(directory).get();
    List<Thread> beating = heartbeats();
    beating.removeAll(before);
    assertThat(beating).hasSize(1);
    lock.close();
    beating.get(0).join(30_000);
    assertThat(beating.get(0).isAlive()).isFalse();
  }

  private static List<Thread> heartbeats() {
    List<Thread> found = new ArrayList<>(Thread.getAllStackTraces().keySet());
    found.removeIf(thread -> !thread.getName().equals("hitless renewal lock"));
    return found;
  }

  @Test
  void isKeptInAFolderThatOnlyItsOwnerMayEnter() throws Exception {
    locks.tryAcquire(directory).get().close();
    assertThat(Files.getPosixFilePermissions(directory.resolve(".hitless"))).hasSize(3);
    assertThat(Files.exists(directory.resolve(".hitless/lock"))).isFalse();
  }

  /** Whoever finds no holder when he looks why he did not get it must not take the next one's. */
  @Test
  @Tag("logic")
  void isNeverTakenFromOneWhoGotItAsAnotherGaveItBack() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    race(
        THREADS,
        () -> {
          RenewalLocks own = locks();
          for (int i = 0; i < 2_000; i++) {
            Optional<RenewalLock> lock = own.tryAcquire(directory);
            if (lock.isPresent()) {
              assertThat(holders.incrementAndGet()).as("holders").isEqualTo(1);
              holders.decrementAndGet();
              lock.get().close();
            }
          }
        });
  }

  @Test
  @Tag("logic")
  void isTakenFromTheDeadByOne() throws Exception {
    for (int death = 0; death < 100; death++) {
      leftByTheDead(LOCK, death);
      AtomicInteger takers = new AtomicInteger();
      CyclicBarrier start = new CyclicBarrier(THREADS);
      CyclicBarrier end = new CyclicBarrier(THREADS);
      race(
          THREADS,
          () -> {
            RenewalLocks own = locks();
            start.await();
            Optional<RenewalLock> lock = own.tryAcquire(directory);
            lock.ifPresent(held -> takers.incrementAndGet());
            end.await();
            assertThat(takers.get()).as("takers").isEqualTo(1);
            lock.ifPresent(RenewalLock::close);
          });
    }
    assertThat(directory.resolve(".hitless")).isEmptyDirectory();
  }

  @Test
  void isTakenAlthoughWhoWasAboutToTakeItWasKilledToo() throws Exception {
    String first = leftByTheDead(LOCK, 1);
    String second = leftByTheDead(LOCK + "-" + first, 2);
    leftByTheDead(LOCK + "-" + second, 3);
    try (RenewalLock lock = locks.tryAcquire(directory).get()) {
      assertThatCode(lock::check).doesNotThrowAnyException();
    }
    assertThat(directory.resolve(".hitless")).isEmptyDirectory();
  }

  /** Leaves a lock of a process of this machine that has ended; returns its holder's id. */
  private String leftByTheDead(String name, int number) throws IOException {
    String[] owner = Owner.create().split(",");
    String id = new UUID(0, number).toString();
    Path file = directory.resolve(".hitless").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, LockFile.content(String.join(",", owner[0], "1@1", owner[2], id), 1));
    return id;
  }

  private static void race(int threads, Racer racer) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Object>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  racer.run();
                  return null;
                }));
      }
      for (Future<Object> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private interface Racer {
    void run() throws Exception;
  }

  private RenewalLocks locks() {
    return new RenewalLocks(new RealDisk(), INTERVAL, 3, nanos::get);
  }
}
