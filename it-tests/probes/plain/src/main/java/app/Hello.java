package app;

/**
 * A program without TLS; tells which threads of hitless it sees, and lives on until they have done
 * what they do at a start.
 */
public final class Hello {
  private static final long PATIENCE_MILLIS = 10_000;

  private Hello() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("hello");
    Thread[] threads = new Thread[Thread.activeCount() + 100];
    int count = Thread.currentThread().getThreadGroup().getParent().enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().equals("hitless")) {
        System.out.println("thread hitless");
        awaitSleep(threads[i]);
      }
    }
  }

  private static void awaitSleep(Thread thread) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (thread.getState() != Thread.State.WAITING && System.currentTimeMillis() < end) {
      Thread.sleep(1);
    }
  }
}
