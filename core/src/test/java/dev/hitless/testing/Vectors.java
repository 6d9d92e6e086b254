package dev.hitless.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the files that OpenSSL 3 made; where they are encrypted, the password is "changeit". */
public final class Vectors {
  private Vectors() {}

  /** Returns the bytes of a file beside the tests of {@code dev.hitless.material}. */
  public static byte[] read(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/dev/hitless/material/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no such vector: " + name);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        bytes.write(next);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
