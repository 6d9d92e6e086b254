package app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** One connection, of either role, by a socket or by an engine: a handshake and one byte. */
final class Connection {
  private static final int TIMEOUT_MS = 60_000;

  /** What servers of HTTP answer to; others take no notice. */
  private static final byte[] REQUEST =
      "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Connection() {}

  /** Answers one client, which has to show a certificate. */
  static void serve(SSLContext context, String protocol, String transport, Socket plain)
      throws IOException {
    plain.setSoTimeout(TIMEOUT_MS);
    String[] protocols = {protocol};
    if (transport.equals("engine")) {
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setNeedClientAuth(true);
      engine.setEnabledProtocols(protocols);
      EngineChannel channel = new EngineChannel(engine, plain);
      channel.handshake();
      channel.write('\n');
      channel.drain();
      return;
    }
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), false);
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(true);
    socket.setEnabledProtocols(protocols);
    socket.getOutputStream().write('\n');
    socket.getOutputStream().flush();
    while (socket.getInputStream().read() >= 0) {
      continue;
    }
  }

  /** Connects; returns {@code full}, {@code resumed}, or {@code refused} with the reason. */
  static String connect(
      SSLContext context, SwitchedTrust trust, String protocol, String transport, int port) {
    int asked = trust.asked();
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.setSoTimeout(TIMEOUT_MS);
      String[] protocols = {protocol};
      int got;
      if (transport.equals("engine")) {
        SSLEngine engine = context.createSSLEngine("localhost", port);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(protocols);
        EngineChannel channel = new EngineChannel(engine, plain);
        channel.handshake();
        got = channel.read();
        channel.close();
      } else {
        SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, false);
        socket.setEnabledProtocols(protocols);
        socket.getOutputStream().write(REQUEST);
        got = socket.getInputStream().read();
        socket.close();
      }
      if (got < 0) {
        return "refused: no answer";
      }
      return trust.asked() == asked ? "resumed" : "full";
    } catch (IOException e) {
      return "refused: " + e;
    }
  }
}
