package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Acquires {@link RenewalLock}s, and remembers what it saw of those that others hold: a holder
 * whose number has not grown for a while, by this process's own monotonic clock, is dead. Clocks of
 * different hosts are never compared. A holder that ran on this machine and has ended is seen at
 * once. Thread-safe.
 */
public final class RenewalLocks {
  private static final String NAME = "lock";

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
    Path file = folder.path().resolve(NAME);
    Optional<RenewalLock> lock = create(file);
    if (lock.isPresent() || !isStale(file)) {
      return lock;
    }
    return take(file) ? create(file) : Optional.empty();
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

  private boolean isStale(Path file) throws IOException {
    String content;
    try {
      content = LockFile.read(file);
    } catch (NoSuchFileException e) {
      // Given back just now.
      return true;
    }
    Sight last = seen.get(file);
    long now = nanoTime.getAsLong();
    if (last == null || !last.content.equals(content)) {
      last = new Sight(content, now);
      seen.put(file, last);
    }
    return now - last.since >= patienceNanos || Owner.isDead(Owner.of(content));
  }

  /**
   * Takes a dead holder's lock away. If another process did so first and holds a new one, that one
   * is put back; its holder's fence fails for that moment, and errs on the safe side.
   */
  private boolean take(Path file) throws IOException {
    Sight dead = seen.get(file);
    Path aside = file.resolveSibling(NAME + "-" + UUID.randomUUID());
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return true;
    }
    try {
      if (dead != null && LockFile.read(aside).equals(dead.content)) {
        return true;
      }
      Files.createLink(file, aside);
      return false;
    } catch (FileAlreadyExistsException | UnsupportedOperationException e) {
      return false;
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
