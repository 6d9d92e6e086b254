package dev.hitless.inspect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Connects, makes a handshake that accepts everything, and says clearly what hinders it.
 *
 * <p>Immutable and thread-safe.
 */
final class Connection {
  private static final String ALERT = "received fatal alert: ";

  private final String host;
  private final int port;
  private final @Nullable String sni;
  private final int timeoutMillis;

  Connection(String host, int port, @Nullable String sni, Duration timeout) {
    this.host = host;
    this.port = port;
    this.sni = sni;
    this.timeoutMillis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
  }

  static InetAddress[] resolve(String host) throws LookException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new LookException("no such host: " + host, e);
    }
  }

  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  /** Returns what came by, at least a certificate. */
  Handshake handshake(InetAddress[] addresses) throws LookException {
    Handshake seen = new Handshake();
    try (Socket plain = connect(addresses)) {
      seen.address = plain.getInetAddress().getHostAddress() + ":" + port;
      plain.setSoTimeout(timeoutMillis);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {seen.keyManager()}, new TrustManager[] {seen.trustManager()}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        prepare(socket);
        socket.startHandshake();
        seen.take(socket.getSession());
        seen.alpn = Alpn.chosen(socket);
      }
    } catch (IOException e) {
      if (isTimeout(e)) {
        throw new LookException(
            "no answer from " + at() + " within " + timeoutMillis + " ms; is it a TLS port?", e);
      }
      if (seen.chain.isEmpty()) {
        throw new LookException(inWords(e), e);
      }
      seen.broken = inWords(e);
    } catch (GeneralSecurityException e) {
      throw new LookException("this JDK cannot speak TLS: " + e.getMessage(), e);
    }
    return seen;
  }

  /** Java 8 wraps the time-out of a handshake into an SSLException. */
  private static boolean isTimeout(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private Socket connect(InetAddress[] addresses) throws LookException, IOException {
    IOException problem = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), timeoutMillis);
        return socket;
      } catch (IOException e) {
        socket.close();
        problem = e;
      }
    }
    if (problem instanceof SocketTimeoutException) {
      throw new LookException(
          "no connection to " + at() + " within " + timeoutMillis + " ms", problem);
    }
    if (problem instanceof NoRouteToHostException) {
      throw new LookException("no route to " + at(), problem);
    }
    if (problem instanceof ConnectException) {
      throw new LookException(at() + " refuses the connection; does a server listen?", problem);
    }
    throw new LookException(
        "no connection to " + at() + (problem == null ? "" : ": " + problem.getMessage()), problem);
  }

  /**
   * Offers all that this JDK has: what it shows is worth more than what it would be safe to use.
   */
  private void prepare(SSLSocket socket) {
    List<String> protocols = new ArrayList<>();
    for (String protocol : socket.getSupportedProtocols()) {
      if (!protocol.startsWith("SSLv2")) {
        protocols.add(protocol);
      }
    }
    socket.setEnabledProtocols(protocols.toArray(new String[0]));
    socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
    SSLParameters parameters = socket.getSSLParameters();
    if (sni != null) {
      try {
        parameters.setServerNames(Collections.singletonList(new SNIHostName(sni)));
      } catch (IllegalArgumentException e) {
        // No name that SNI can carry, such as one with an underscore: no client would send it.
      }
    }
    Alpn.offer(parameters, "h2", "http/1.1");
    socket.setSSLParameters(parameters);
  }

  private String inWords(IOException e) {
    String text = String.valueOf(e.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    int alert = lower.indexOf(ALERT);
    if (alert >= 0) {
      return at() + " answers with the alert " + lower.substring(alert + ALERT.length());
    }
    if (e instanceof SSLException && lower.contains("ssl message")) {
      return at() + " does not speak TLS on this port";
    }
    if (lower.contains("terminated the handshake")
        || lower.contains("closed connection during handshake")
        || lower.contains("connection reset")) {
      return at() + " closes the connection during the handshake; does it speak TLS on this port?";
    }
    return "the handshake with " + at() + " fails: " + text;
  }

  private String at() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
