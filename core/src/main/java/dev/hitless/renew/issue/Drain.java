package dev.hitless.renew.issue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a stream to its end on a daemon thread of its own, and keeps a bounded part: the beginning
 * or the end. What is beyond is read and dropped, so that the writer never blocks.
 *
 * <p>Locks on itself; other threads read it at any time.
 */
final class Drain {
  /** How much of an error output is kept, in bytes. */
  static final int TAIL = 16 << 10;

  private static final int MAX_LINES = 50;
  private static final int MAX_LINE = 500;
  private static final long GRACE_MILLIS = 2000;

  private final InputStream stream;
  private final byte[] kept;
  private final boolean tail;
  private final Thread thread;
  private long count;

  Drain(InputStream stream, int bound, boolean tail) {
    this.stream = stream;
    this.kept = new byte[bound];
    this.tail = tail;
    this.thread = daemon(this::drain);
  }

  /** Starts a daemon thread for a stream of a command. */
  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "hitless-command");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void drain() {
    byte[] buffer = new byte[8192];
    try {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException e) {
      // The command was ended; what it wrote before is kept.
      return;
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (tail || count < kept.length) {
        kept[(int) (count % kept.length)] = buffer[i];
      }
      count++;
    }
  }

  /**
   * Waits for the end of the stream, but not for long: a grandchild that was left behind may hold
   * it open.
   */
  void await() throws InterruptedException {
    thread.join(GRACE_MILLIS);
  }

  /** Returns whether there was more than is kept. */
  synchronized boolean overflowed() {
    return count > kept.length;
  }

  /** Returns what is kept. */
  synchronized byte[] bytes() {
    if (!tail || count <= kept.length) {
      return Arrays.copyOf(kept, (int) Math.min(count, kept.length));
    }
    int start = (int) (count % kept.length);
    byte[] bytes = new byte[kept.length];
    System.arraycopy(kept, start, bytes, 0, kept.length - start);
    System.arraycopy(kept, 0, bytes, kept.length - start, start);
    return bytes;
  }

  /** Returns the last lines, without control characters and empty ones; a new list. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String line : new String(bytes(), Charset.defaultCharset()).split("[\r\n]+")) {
      String plain =
          line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{C}", " ").trim();
      if (!plain.isEmpty()) {
        lines.add(plain.length() > MAX_LINE ? plain.substring(0, MAX_LINE) + "…" : plain);
      }
    }
    return new ArrayList<>(lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
  }
}
