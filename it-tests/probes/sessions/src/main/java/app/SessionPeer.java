package app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.net.ssl.SSLContext;

/**
 * A TLS server and client in one. It does what its standard input says, a line each, and answers
 * with a line; the end of the input ends it. It stays unaware of hitless: like jconsole it only
 * knows the name of a bean.
 */
public final class SessionPeer {
  private static final long PAUSE_NANOS = 1_000_000;

  private final String own;
  private final Keys keys;
  private final SwitchedTrust trust;
  private final Map<String, SSLContext> clients = new HashMap<>();

  private SessionPeer(String own, SwitchedTrust trust)
      throws IOException, GeneralSecurityException {
    this.own = own;
    this.keys = new Keys(own);
    this.trust = trust;
  }

  /**
   * Runs it.
   *
   * @param args a PKCS12 file with a key, one with what is trusted, and one with what still is
   *     after {@code distrust}
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException, JMException {
    SwitchedTrust trust = new SwitchedTrust(Keys.trusted(args[1]), Keys.trusted(args[2]));
    SessionPeer peer = new SessionPeer(args[0], trust);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer = peer.answer(line.split(" "));
      synchronized (System.out) {
        System.out.println(answer);
      }
    }
    System.exit(0);
  }

  private String answer(String[] words) throws IOException, GeneralSecurityException, JMException {
    switch (words[0]) {
      case "listen":
        return "port " + listen(words[1], words[2]);
      case "connect":
        SSLContext context = client(words[3] + " " + words[1], words.length > 4 ? words[4] : own);
        return Connection.connect(context, trust, words[1], words[2], Integer.parseInt(words[3]));
      case "distrust":
        trust.change();
        return "done";
      case "hold":
        trust.hold();
        return "done";
      case "release":
        trust.release();
        return "done";
      case "end":
        return "ended " + end();
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  /** Has all sessions ended, as an operator would with jconsole; returns in how many contexts. */
  private static Object end() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.hitless:type=Status");
    while (!beans.isRegistered(name)) {
      LockSupport.parkNanos(PAUSE_NANOS); // it comes soon after the server of beans
    }
    return beans.invoke(name, "endSessions", new Object[0], new String[0]);
  }

  /** One context for each way to connect and key, so that no session takes the place of another. */
  private SSLContext client(String way, String file) throws IOException, GeneralSecurityException {
    SSLContext context = clients.get(way + " " + file);
    if (context == null) {
      context = (file.equals(own) ? keys : new Keys(file)).context(trust);
      clients.put(way + " " + file, context);
    }
    return context;
  }

  private int listen(String protocol, String transport)
      throws IOException, GeneralSecurityException {
    SSLContext context = keys.context(trust);
    ServerSocket listener = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                try (Socket plain = listener.accept()) {
                  Connection.serve(context, protocol, transport, plain);
                } catch (IOException e) {
                  System.err.println("a connection failed: " + e);
                }
              }
            },
            "acceptor");
    thread.setDaemon(true);
    thread.start();
    return listener.getLocalPort();
  }
}
