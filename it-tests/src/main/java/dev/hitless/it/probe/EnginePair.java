package dev.hitless.it.probe;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines that speak with each other on one thread, which owns them. */
final class EnginePair {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int RECORDS = 1 << 15;

  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer toServer = ByteBuffer.allocate(RECORDS);
  private final ByteBuffer toClient = ByteBuffer.allocate(RECORDS);

  /** Takes engines that nothing was done with but to set them up. */
  EnginePair(SSLEngine client, SSLEngine server) {
    this.client = client;
    this.server = server;
  }

  void shakeHands() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    while (!isDone(client) || !isDone(server)) {
      stepBoth();
    }
  }

  /** Gives the client what the server has sent it beside: in TLS 1.3, its tickets. */
  void deliver() throws SSLException {
    while (toClient.position() > 0) {
      stepBoth();
    }
  }

  private void stepBoth() throws SSLException {
    step(client, toClient, toServer);
    step(server, toServer, toClient);
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK:
        engine.getDelegatedTask().run();
        return;
      case NEED_WRAP:
        engine.wrap(NOTHING.duplicate(), out);
        return;
      default:
        in.flip();
        if (in.hasRemaining()) {
          engine.unwrap(in, ByteBuffer.allocate(RECORDS));
        }
        in.compact();
    }
  }
}
