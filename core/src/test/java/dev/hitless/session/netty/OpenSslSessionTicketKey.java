package dev.hitless.session.netty;

import java.util.Arrays;
import java.util.List;

/** As Netty's of this name. */
public final class OpenSslSessionTicketKey {
  public static final int NAME_SIZE = 16;
  public static final int HMAC_KEY_SIZE = 16;
  public static final int AES_KEY_SIZE = 16;

  private final List<byte[]> parts;

  public OpenSslSessionTicketKey(byte[] name, byte[] hmacKey, byte[] aesKey) {
    parts = Arrays.asList(name, hmacKey, aesKey);
  }

  /** Returns name and keys in their order. */
  public List<byte[]> parts() {
    return parts;
  }
}
