package app;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** An engine over a socket, one thread, nothing clever. */
final class EngineChannel {
  private static final int BUFFER = 1 << 16;

  private final SSLEngine engine;
  private final Socket socket;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
  private final ByteBuffer plain = ByteBuffer.allocate(BUFFER);

  EngineChannel(SSLEngine engine, Socket socket) {
    this.engine = engine;
    this.socket = socket;
    in.flip();
    plain.flip();
  }

  void handshake() throws IOException {
    engine.beginHandshake();
    try {
      HandshakeStatus status = engine.getHandshakeStatus();
      while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
        status = step(status);
      }
    } catch (SSLException e) {
      sendAlert();
      throw e;
    }
  }

  private HandshakeStatus step(HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK:
        engine.getDelegatedTask().run();
        return engine.getHandshakeStatus();
      case NEED_WRAP:
        return wrap(ByteBuffer.allocate(0)).getHandshakeStatus();
      default:
        return unwrap().getHandshakeStatus();
    }
  }

  private SSLEngineResult wrap(ByteBuffer from) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BUFFER);
    SSLEngineResult result = engine.wrap(from, out);
    socket.getOutputStream().write(out.array(), 0, out.position());
    return result;
  }

  private SSLEngineResult unwrap() throws IOException {
    while (true) {
      plain.compact();
      SSLEngineResult result = engine.unwrap(in, plain);
      plain.flip();
      if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
        return result;
      }
      in.compact();
      int read = socket.getInputStream().read(in.array(), in.position(), in.remaining());
      if (read < 0) {
        throw new EOFException("the peer has closed");
      }
      in.position(in.position() + read);
      in.flip();
    }
  }

  /** Sends what the engine has to say about its failure, if it still can. */
  private void sendAlert() {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        wrap(ByteBuffer.allocate(0));
      }
    } catch (IOException e) {
      System.err.println("the alert was not sent: " + e);
    }
  }

  void write(int data) throws IOException {
    wrap(ByteBuffer.wrap(new byte[] {(byte) data}));
  }

  /** Returns one byte, or -1 if the peer has closed. */
  int read() throws IOException {
    while (!plain.hasRemaining()) {
      SSLEngineResult result = unwrap();
      if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
        return -1;
      }
      HandshakeStatus status = result.getHandshakeStatus();
      while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
        status = step(status); // what comes after a handshake of TLS 1.3
      }
    }
    return plain.get();
  }

  /** Reads until the peer closes. */
  void drain() throws IOException {
    while (read() >= 0) {
      continue;
    }
  }

  void close() throws IOException {
    engine.closeOutbound();
    wrap(ByteBuffer.allocate(0));
  }
}
