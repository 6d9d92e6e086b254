package dev.hitless.renew.publish;

import dev.hitless.renew.publish.PublicationException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The right to renew what lies in one directory, held by one process at a time, on this host and on
 * every other that shares the volume.
 *
 * <p>While it is held, a daemon thread of its own writes a growing number into the lock file, so
 * that others see the holder live. The thread ends at once with {@link #close}, and when the lock
 * is found lost. Thread-safe.
 */
public final class RenewalLock implements Fence, AutoCloseable {
  private final Path file;
  private final String owner;
  private final FileChannel channel;
  private final AtomicLong beats = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Takes over a channel to a lock file that was just created by this process. */
  RenewalLock(Path file, String owner, FileChannel channel) throws IOException {
    this.file = file;
    this.owner = owner;
    this.channel = channel;
    beat();
  }

  /** Starts the heartbeat. */
  RenewalLock beating(long intervalMillis) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (isHeld() && !closed.await(intervalMillis, TimeUnit.MILLISECONDS)) {
                  beat();
                }
              } catch (IOException | InterruptedException e) {
                // The lock goes stale, and the fence tells its holder.
                return;
              }
            },
            "hitless renewal lock");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /**
   * Returns if the lock is still this process's own.
   *
   * @throws PublicationException with {@code BUSY} if it was lost: somebody else took this process
   *     for dead, because it was suspended or could not write for too long
   */
  @Override
  public void check() throws PublicationException {
    if (!isHeld()) {
      throw new PublicationException(
          Reason.BUSY,
          "this process was taken for dead, and another one renews now ("
              + file
              + "). Nothing was changed.",
          null);
    }
  }

  /** Returns whether the lock is still this process's own. */
  public boolean isHeld() {
    try {
      return closed.getCount() > 0 && owner.equals(Owner.of(LockFile.read(file)));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Shows that the holder lives. Writes to the file as it was opened, whatever has its name now.
   */
  void beat() throws IOException {
    synchronized (channel) {
      if (channel.isOpen()) {
        byte[] text = LockFile.content(owner, beats.incrementAndGet());
        channel.write(ByteBuffer.wrap(text), 0);
      }
    }
  }

  /** Gives the lock back; nothing happens if it was lost. Never fails. */
  @Override
  public void close() {
    boolean held = isHeld();
    closed.countDown();
    synchronized (channel) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing is buffered here.
        held &= true;
      }
    }
    if (held) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It goes stale, and the next one takes it.
        return;
      }
    }
  }

  @Override
  public String toString() {
    return "lock " + file + " of " + owner;
  }
}
