package dev.hitless.follow;

import java.nio.file.FileSystems;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of the one hitless thread: it waits at the same time for tasks of other threads, for
 * events of directories, and for the next time to look without an event.
 *
 * <p>{@link #execute}, {@link #follow}, {@link #unfollow} and {@link #stop} may be called by any
 * thread; they take no lock, do not wait and do not throw. Everything else happens on the thread
 * that calls {@link #run}. A task or follower that throws is reported and the loop goes on.
 */
public final class FollowLoop implements Executor, Runnable {
  /** How often files are looked at without an event, unless configured otherwise. */
  public static final Duration DEFAULT_POLL = Duration.ofSeconds(5);

  private static final int TASKS_AT_ONCE = 256;

  /** After so long, tasks let followers have their turn. */
  private static final long TASKS_NANOS = 20_000_000L;

  /** What events name comes before what has been due for less than so long, or than a poll. */
  private static final long MOST_LEAD_NANOS = 5_000_000_000L;

  private static final int FOLLOWERS_AT_ONCE = 16;
  private static final long REST_AFTER_FAILURE_NANOS = 100_000_000L;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Doorbell doorbell = new Doorbell();
  private final Timetable<Follower<?>> timetable = new Timetable<>();
  private final Timetable<Runnable> chores = new Timetable<>();
  private final LongSupplier nanoTime;
  private final long pollNanos;
  private final BiConsumer<String, Throwable> failures;
  private final DirectoryWatch<Follower<?>> watch;
  private volatile boolean stopped;

  /**
   * Creates the loop with the file events of the platform.
   *
   * @param poll how often files are looked at without an event; positive
   * @param failures is told what went wrong and why, on the hitless thread
   */
  public FollowLoop(Duration poll, BiConsumer<String, Throwable> failures) {
    this(poll, System::nanoTime, () -> FileSystems.getDefault().newWatchService(), failures);
  }

  FollowLoop(
      Duration poll,
      LongSupplier nanoTime,
      DirectoryWatch.Source events,
      BiConsumer<String, Throwable> failures) {
    this.nanoTime = nanoTime;
    this.pollNanos = Math.max(1, poll.toNanos());
    this.failures = failures;
    this.watch = new DirectoryWatch<>(events, this::report);
  }

  /** Has the hitless thread run a task soon, after those handed in before. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    ring();
  }

  /** Has the hitless thread run a task after a delay; the same task again moves it. */
  public void later(Runnable task, Duration delay) {
    execute(() -> chores.put(task, nanoTime.getAsLong() + delay.toNanos()));
  }

  /** Checks the files of a follower at once and from now on; again if it is followed already. */
  public void follow(Follower<?> follower) {
    execute(() -> timetable.put(follower, nanoTime.getAsLong()));
  }

  /** Forgets a follower. */
  public void unfollow(Follower<?> follower) {
    execute(
        () -> {
          timetable.remove(follower);
          watch.forget(follower);
        });
  }

  /** Ends {@link #run} after the step it is at; tasks that still wait are dropped. */
  public void stop() {
    stopped = true;
    ring();
  }

  /** Runs until {@link #stop}. To be called once, by the thread that the loop is to own. */
  @Override
  public void run() {
    AccessController.doPrivileged(
        (PrivilegedAction<@Nullable Void>)
            () -> {
              runPrivileged();
              return null;
            });
  }

  private void runPrivileged() {
    while (!stopped) {
      try {
        runTasks();
        checkFollowers();
        await();
      } catch (Throwable t) {
        report("The hitless thread stumbled and goes on", t);
        LockSupport.parkNanos(this, REST_AFTER_FAILURE_NANOS);
      }
    }
    watch.close();
  }

  private void runTasks() {
    long start = nanoTime.getAsLong();
    for (int i = 0;
        i < TASKS_AT_ONCE && !stopped && nanoTime.getAsLong() - start < TASKS_NANOS;
        i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        task = chores.firstDue(nanoTime.getAsLong());
        if (task == null) {
          return;
        }
        chores.remove(task);
      }
      try {
        task.run();
      } catch (Throwable t) {
        report("A task of the hitless thread failed", t);
      }
    }
  }

  private void checkFollowers() {
    for (int i = 0; i < FOLLOWERS_AT_ONCE && !stopped; i++) {
      Follower<?> follower = timetable.firstDue(nanoTime.getAsLong());
      if (follower == null) {
        return;
      }
      check(follower);
    }
  }

  private void check(Follower<?> follower) {
    long wait = pollNanos;
    try {
      watch.watch(follower, follower.files());
      wait = Math.min(pollNanos, follower.check(nanoTime.getAsLong()));
    } catch (Throwable t) {
      report("Following " + follower + " failed and is tried again", t);
    } finally {
      timetable.put(follower, nanoTime.getAsLong() + wait);
    }
  }

  private void await() {
    doorbell.listen();
    try {
      long now = nanoTime.getAsLong();
      long due = Math.min(timetable.nanosToNext(now), chores.nanosToNext(now));
      long wait = tasks.isEmpty() && !stopped ? due : 0;
      long lead = Math.min(pollNanos, MOST_LEAD_NANOS);
      for (Follower<?> touched : watch.await(wait)) {
        timetable.hasten(touched, now - lead); // before those whose turn it is without event
      }
    } catch (InterruptedException rung) {
      // A task came, or a stranger interrupted us: the next turn finds out.
    } finally {
      doorbell.ignore();
    }
  }

  private void ring() {
    try {
      doorbell.ring();
    } catch (RuntimeException e) {
      tasks.add(() -> report("The hitless thread could not be woken, it wakes by itself", e));
    }
  }

  private void report(String what, Throwable cause) {
    try {
      failures.accept(what, cause);
    } catch (Throwable ignored) {
      // Nothing is left to tell it to, and the loop has to go on.
    }
  }
}
