package app;

import java.io.IOException;

/** One thread of the storm. */
final class Worker extends Thread {
  private static final int RESUMABLE = 4;

  private final Caller caller;
  private final int pauseMillis;
  private final int[] ports;
  private long begun;
  private long full;
  private long answered;
  private long failed;
  private boolean ended;

  Worker(Caller caller, int pauseMillis, int[] ports) {
    this.caller = caller;
    this.pauseMillis = pauseMillis;
    this.ports = ports;
  }

  @Override
  public void run() {
    try {
      while (begin()) {
        boolean isFull = false;
        Exception failure = null;
        int port = ports[(int) (begun % ports.length)];
        try {
          isFull = caller.call(port, begun % RESUMABLE == 0);
        } catch (IOException | RuntimeException e) {
          failure = e;
          System.err.println(System.currentTimeMillis() + " failed: " + port + reasons(e));
        }
        end(isFull, failure == null);
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized boolean begin() {
    begun++;
    return !ended;
  }

  private synchronized void end(boolean isFull, boolean isAnswered) {
    full += isFull ? 1 : 0;
    answered += isAnswered ? 1 : 0;
    failed += isAnswered ? 0 : 1;
    notifyAll();
  }

  synchronized void addTo(long[] sum) {
    sum[0] += answered;
    sum[1] += full;
    sum[2] += failed;
  }

  synchronized void settle() throws InterruptedException {
    long before = begun;
    while (!ended && answered + failed < before) {
      wait();
    }
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  static String reasons(Throwable failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      said.append(" < ").append(each);
    }
    return said.toString();
  }
}
