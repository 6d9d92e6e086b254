package dev.hitless.it.clients;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** As much of a protocol as a client needs to be content. */
enum Spoken {
  /** A page that is always the same; a client may ask for the connection to be closed. */
  HTTP {
    @Override
    boolean answer(DataInputStream in, OutputStream out) throws IOException {
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        request.append((char) in.readUnsignedByte());
      }
      boolean close = request.toString().contains("close");
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
      write(out, answer + (close ? "Connection: close" : LONG) + "\r\n\r\nok");
      return !close;
    }
  },

  /** Whoever binds may, and whatever is searched is not there (RFC 4511). */
  LDAP {
    @Override
    boolean answer(DataInputStream in, OutputStream out) throws IOException {
      in.readUnsignedByte();
      byte[] message = in.readNBytes(length(in));
      int afterId = 2 + message[1];
      int operation = message[afterId] & 0xff;
      if (operation == UNBIND) {
        throw new EOFException();
      }
      byte[] result = HexFormat.of().parseHex("070a010004000400");
      out.write(new byte[] {0x30, (byte) (afterId + 1 + result.length)});
      out.write(message, 0, afterId);
      out.write(operation == BIND ? BIND + 1 : SEARCH + 2);
      out.write(result);
      return true;
    }

    private int length(DataInputStream in) throws IOException {
      int first = in.readUnsignedByte();
      int length = first < 0x80 ? first : 0;
      for (int i = 0x80; i < first; i++) {
        length = length << 8 | in.readUnsignedByte();
      }
      return length;
    }
  },

  /** Every statement is a SET that succeeds. */
  POSTGRESQL {
    @Override
    void beforeTls(DataInputStream in, OutputStream out) throws IOException {
      in.readLong(); // SSLRequest
      out.write('S');
      out.flush();
    }

    @Override
    void begin(DataInputStream in, OutputStream out) throws IOException {
      in.readNBytes(in.readInt() - Integer.BYTES);
      message(out, 'R', "\0\0\0\0");
      message(out, 'S', "server_version\00015.0\0");
      message(out, 'S', "client_encoding\0UTF8\0");
      message(out, 'S', "DateStyle\0ISO\0");
      message(out, 'S', "integer_datetimes\0on\0");
      message(out, 'S', "standard_conforming_strings\0on\0");
      message(out, 'Z', "I");
    }

    @Override
    boolean answer(DataInputStream in, OutputStream out) throws IOException {
      String statement = "";
      while (!statement.contains(REQUEST)) { // the driver has statements of its own before
        int type = in.readUnsignedByte();
        byte[] content = in.readNBytes(in.readInt() - Integer.BYTES);
        if (type == 'X') {
          throw new EOFException();
        }
        statement = new String(content, StandardCharsets.US_ASCII);
        message(out, 'C', "SET\0");
        message(out, 'Z', "I");
      }
      return true;
    }

    private void message(OutputStream out, char type, String content) throws IOException {
      out.write(type);
      write(out, "\0\0\0" + (char) (content.length() + Integer.BYTES) + content);
    }
  },

  /** Reads and hangs up. */
  NONE {
    @Override
    boolean answer(DataInputStream in, OutputStream out) throws IOException {
      in.readUnsignedByte();
      return false;
    }
  };

  /** Else HttpsURLConnection keeps a connection for five seconds only. */
  private static final String LONG = "Connection: keep-alive\r\nKeep-Alive: timeout=600";

  /** What the program sets by JDBC. */
  private static final String REQUEST = "statement_timeout";

  private static final int BIND = 0x60;
  private static final int UNBIND = 0x42;
  private static final int SEARCH = 0x63;

  /** What is said before TLS. */
  void beforeTls(DataInputStream in, OutputStream out) throws IOException {}

  /** What is said before the first request. */
  void begin(DataInputStream in, OutputStream out) throws IOException {}

  /**
   * Reads a request and answers it.
   *
   * @return whether the connection goes on
   * @throws EOFException if there is no request any more
   */
  abstract boolean answer(DataInputStream in, OutputStream out) throws IOException;

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
