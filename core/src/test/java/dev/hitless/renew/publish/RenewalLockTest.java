package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalLockTest {
  /** So long that no heartbeat comes by itself during a test. */
  private static final Duration INTERVAL = Duration.ofHours(1);

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

  @Test
  void isKeptInAFolderThatOnlyItsOwnerMayEnter() throws Exception {
    locks.tryAcquire(directory).get().close();
    assertThat(Files.getPosixFilePermissions(directory.resolve(".hitless"))).hasSize(3);
    assertThat(Files.exists(directory.resolve(".hitless/lock"))).isFalse();
  }

  private RenewalLocks locks() {
    return new RenewalLocks(new RealDisk(), INTERVAL, 3, nanos::get);
  }
}
