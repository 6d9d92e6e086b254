package app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A client that connects as fast as it can, with several threads, each time anew. By turns they use
 * the JVM's default context and one that the program makes itself from the same files. Every fourth
 * connection leaves a session that another may resume.
 *
 * <p>It does what its standard input says, a line each, and answers with a line: {@code try PORT}
 * connects once with each context and leaves a session; {@code go THREADS PAUSE PORT…} starts;
 * {@code count} tells how many connections were answered, how many of them after a full handshake,
 * and how many failed; {@code settle} answers when all that had begun before have ended; {@code
 * stop} is {@code count} after the last.
 */
public final class Storm {
  private final Function<SSLContext, Caller> callers;
  private final SSLContext[] contexts;
  private final List<Worker> workers = new ArrayList<>();

  private Storm(Function<SSLContext, Caller> callers) throws IOException, GeneralSecurityException {
    this.callers = callers;
    this.contexts = new SSLContext[] {SSLContext.getDefault(), Contexts.own()};
  }

  /** Runs it with {@code HttpsURLConnection}. */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    run(UrlCaller::new);
  }

  static void run(Function<SSLContext, Caller> callers)
      throws IOException, GeneralSecurityException, InterruptedException {
    Storm storm = new Storm(callers);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, "US-ASCII"));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(storm.answer(line.split(" ")));
      System.out.flush();
    }
    System.exit(0);
  }

  private String answer(String[] words) throws InterruptedException {
    switch (words[0]) {
      case "try":
        return once(Integer.parseInt(words[1]));
      case "go":
        int[] ports = Arrays.stream(words, 3, words.length).mapToInt(Integer::parseInt).toArray();
        int pause = Integer.parseInt(words[2]);
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
          workers.add(new Worker(callers.apply(contexts[i % contexts.length]), pause, ports));
        }
        workers.forEach(Thread::start);
        return "gone";
      case "count":
        return count();
      case "settle":
        for (Worker worker : workers) {
          worker.settle();
        }
        return "settled";
      case "stop":
        workers.forEach(Worker::end);
        for (Worker worker : workers) {
          worker.join();
        }
        return count();
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  private String once(int port) throws InterruptedException {
    int failed = 0;
    String said = "";
    for (SSLContext context : contexts) {
      try {
        callers.apply(context).call(port, true);
      } catch (IOException e) {
        failed++;
        said += Worker.reasons(e);
      }
    }
    return (failed == 0 ? "ok" : failed < contexts.length ? "mixed" : "failed") + said;
  }

  private String count() {
    long[] sum = new long[3];
    for (Worker worker : workers) {
      worker.addTo(sum);
    }
    return sum[0] + " " + sum[1] + " " + sum[2];
  }
}
