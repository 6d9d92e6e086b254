package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Acquires {@link RenewalLock}s, and remembers what it saw of those that others hold: a holder
 * whose number has not grown for a while, by this process's own monotonic clock, is dead. Clocks of
 * different hosts are never compared. A holder that ran on this machine and has ended is seen at
 * once. Thread-safe.
 */
public final class RenewalLocks {
  private static final String NAME = "lock";

  /** How many may be killed, one after the other, while each removes the lock of the one before. */
  private static final int MOST_CLAIMS = 8;

  /** What was seen of a lock, and since when. */
  private static final class Sight {
    final String content;
    final long since;

    Sight(String content, long since) {
      this.content = content;
      this.since = since;
    }
  }

  private final Disk disk;
  private final Duration interval;
  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final Map<Path, Sight> seen = new ConcurrentHashMap<>();

  /** Creates one that beats every 10 s, and takes a holder for dead after a minute of silence. */
  public RenewalLocks(Disk disk) {
    this(disk, Duration.ofSeconds(10), 6, System::nanoTime);
  }

  /**
   * Creates one; every process that shares files must use about the same times.
   *
   * @param interval between two heartbeats; at least 1 ms
   * @param missed how many intervals of silence mean death; at least 2
   * @param nanoTime a monotonic clock, as {@link System#nanoTime}
   */
  public RenewalLocks(Disk disk, Duration interval, int missed, LongSupplier nanoTime) {
    if (interval.toMillis() < 1 || missed < 2) {
      throw new IllegalArgumentException("a heartbeat every " + interval + ", dead at " + missed);
    }
    this.disk = disk;
    this.interval = interval;
    this.patienceNanos = interval.multipliedBy(missed).toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Tries to acquire the lock of a directory, without waiting. Whoever gets it reads the files
   * again before he renews: the holder before may have done it just now.
   *
   * @param directory see {@link Publisher#home}
   * @return empty if somebody who may be alive holds it; ask again later, since a silent holder is
   *     taken for dead only after having been seen silent for long enough
   * @throws IOException if the lock file cannot be written
   */
  public Optional<RenewalLock> tryAcquire(Path directory) throws IOException {
    Folder folder = new Folder(disk, disk.realPath(directory));
    folder.create();
    return acquire(folder.path().resolve(NAME), 0);
  }

  private Optional<RenewalLock> acquire(Path file, int depth) throws IOException {
    Optional<RenewalLock> lock = create(file);
    if (lock.isPresent()) {
      return lock;
    }
    String dead = contentIfDead(file);
    return dead != null && depth < MOST_CLAIMS && remove(file, dead, depth)
        ? create(file)
        : Optional.empty();
  }

  /** Returns whether a process that may be alive holds the lock of a directory. */
  static boolean mayBeHeld(Folder folder) {
    try {
      String owner = Owner.of(LockFile.read(folder.path().resolve(NAME)));
      return !owner.isEmpty() && !Owner.isDead(owner);
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<RenewalLock> create(Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    }
    try {
      seen.remove(file);
      RenewalLock lock = new RenewalLock(file, Owner.create(), channel);
      return Optional.of(lock.beating(interval.toMillis()));
    } catch (IOException e) {
      // An empty lock would keep everybody waiting for a holder that never was.
      channel.close();
      Files.deleteIfExists(file);
      throw new IOException(
          "the lock "
              + file
              + " cannot be written: "
              + e
              + ". The files are as they were. Look for a full or failing disk",
          e);
    }
  }

  /**
   * Returns what a lock holds whose holder is dead; null if that one may be alive, or gave it back.
   */
  private @Nullable String contentIfDead(Path file) throws IOException {
    String content;
    try {
      content = LockFile.read(file);
    } catch (NoSuchFileException e) {
      return null;
    }
    Sight last = seen.get(file);
    long now = nanoTime.getAsLong();
    if (last == null || !last.content.equals(content)) {
      last = new Sight(content, now);
      seen.put(file, last);
    }
    boolean dead = now - last.since >= patienceNanos || Owner.isDead(Owner.of(content));
    return dead ? content : null;
  }

  /**
   * Removes the lock of a dead holder; of those who find him dead, one does, and that one looks
   * once more whether it is still his: whoever came late would else remove the lock of his
   * successor. The right to do so is a lock too, named after the dead, since its holder may be
   * killed as well.
   *
   * @return whether the lock was removed
   */
  private boolean remove(Path file, String dead, int depth) throws IOException {
    Path claim = file.resolveSibling(NAME + "-" + Owner.id(Owner.of(dead)));
    Optional<RenewalLock> claimed = acquire(claim, depth + 1);
    if (!claimed.isPresent()) {
      return false;
    }
    try (RenewalLock held = claimed.get()) {
      if (!held.isHeld() || !LockFile.read(file).equals(dead)) {
        return false;
      }
      Files.delete(file);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
