package dev.hitless.it.client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The least that one can say to a server, again and again on one connection, and have answered. */
public enum Talk {
  HTTP {
    @Override
    void ask(DataOutputStream out, DataInputStream in, String host) throws IOException {
      out.writeBytes("HEAD / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      out.flush();
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\n") < 0) {
        answer.append((char) in.readUnsignedByte());
      }
      if (!answer.toString().startsWith("HTTP/1.1 ")) {
        throw new IOException("not an HTTP answer: " + answer);
      }
    }
  },
  /** An ApiVersions request, version 0. */
  KAFKA {
    private static final int API_VERSIONS = 18;

    @Override
    void ask(DataOutputStream out, DataInputStream in, String host) throws IOException {
      out.writeInt(10);
      out.writeShort(API_VERSIONS);
      out.writeShort(0);
      out.writeInt(1);
      out.writeShort(-1);
      out.flush();
      skipFrame(in);
    }
  },
  /** A session, then a ping at each question. */
  ZOOKEEPER {
    private static final int PING = 11;

    @Override
    void open(DataOutputStream out, DataInputStream in) throws IOException {
      int passwordLength = 16;
      out.writeInt(4 + 8 + 4 + 8 + 4 + passwordLength + 1);
      out.writeInt(0); // protocol version
      out.writeLong(0); // last transaction seen
      out.writeInt(40_000); // session timeout, ms
      out.writeLong(0); // a new session
      out.writeInt(passwordLength);
      out.write(new byte[passwordLength]);
      out.writeBoolean(false); // not read-only
      out.flush();
      skipFrame(in);
    }

    @Override
    void ask(DataOutputStream out, DataInputStream in, String host) throws IOException {
      out.writeInt(8);
      out.writeInt(-2);
      out.writeInt(PING);
      out.flush();
      skipFrame(in);
    }
  };

  /** What a connection starts with, before the first question. */
  void open(DataOutputStream out, DataInputStream in) throws IOException {}

  /** One question and its whole answer; an end of stream or a timeout is an exception. */
  abstract void ask(DataOutputStream out, DataInputStream in, String host) throws IOException;

  /** Reads one answer of a protocol that puts its length before it. */
  void skipFrame(DataInputStream in) throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
  }
}
