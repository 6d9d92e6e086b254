package app;

/** A program without TLS; tells which threads of hitless it sees. */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
    Thread[] threads = new Thread[Thread.activeCount() + 100];
    int count = Thread.currentThread().getThreadGroup().getParent().enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().equals("hitless")) {
        System.out.println("thread hitless");
      }
    }
  }
}
