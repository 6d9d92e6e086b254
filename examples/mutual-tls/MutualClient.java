import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSession;

/**
 * Stands for a client with a certificate, which it has from {@code javax.net.ssl.keyStore} as any
 * program may. Arguments: the port of the server, and how many threads are to connect all the time.
 *
 * <p>Answers each line of its input: {@code once} connects once and says how it went, {@code more}
 * waits until each thread has connected ten times more and says how many handshakes there were.
 */
public class MutualClient extends Thread {
  private static final int MORE = 10;
  private static final int TIMEOUT_MS = 30_000;

  private final int port;
  private int handshakes;
  private int failures;

  private MutualClient(int port) {
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<MutualClient> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      threads.add(new MutualClient(port));
      threads.get(i).setDaemon(true);
      threads.get(i).start();
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(line.equals("once") ? once(port) : more(threads));
    }
  }

  private static String once(int port) {
    try {
      return connect(port, true) ? "let in, by a full handshake" : "let in, by resumption";
    } catch (IOException e) {
      return "refused (" + e.getMessage() + ")";
    }
  }

  private static String more(List<MutualClient> threads) throws InterruptedException {
    int handshakes = 0;
    int failures = 0;
    for (MutualClient thread : threads) {
      synchronized (thread) {
        int before = thread.handshakes + thread.failures;
        while (thread.handshakes + thread.failures < before + MORE) {
          thread.wait();
        }
        handshakes += thread.handshakes;
        failures += thread.failures;
      }
    }
    return handshakes + " handshakes, " + failures + " failed";
  }

  @Override
  public void run() {
    while (true) {
      IOException failure = null;
      try {
        connect(port, false);
      } catch (IOException e) {
        failure = e;
        System.err.println("failed: " + e);
      }
      synchronized (this) {
        handshakes += failure == null ? 1 : 0;
        failures += failure == null ? 0 : 1;
        notifyAll();
      }
    }
  }

  /** Asks once on a new connection; returns whether the handshake was a full one. */
  private static boolean connect(int port, boolean mayResume) throws IOException {
    long begun = System.currentTimeMillis();
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create("https://localhost:" + port + "/").toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    connection.setRequestProperty("Connection", "close");
    connection.connect();
    SSLSession session = connection.getSSLSession().orElseThrow();
    connection.getResponseCode();
    if (!mayResume) {
      session.invalidate(); // so that the next handshake is a full one too
    }
    return session.getCreationTime() >= begun;
  }
}
