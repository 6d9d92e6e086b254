package dev.hitless.material;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 fingerprint of a certificate's DER encoding: the name of an identity.
 *
 * <p>Immutable and thread-safe.
 */
public final class Fingerprint implements Comparable<Fingerprint> {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private final String hex;

  private Fingerprint(String hex) {
    this.hex = hex;
  }

  /**
   * Computes the fingerprint of a certificate.
   *
   * @throws IllegalArgumentException if the certificate cannot be encoded
   */
  public static Fingerprint of(Certificate certificate) {
    try {
      return ofBytes(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that has no encoding", e);
    }
  }

  /** Computes the SHA-256 of any bytes, such as the content of a file. */
  public static Fingerprint ofBytes(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return new Fingerprint(toHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Parses 64 hexadecimal digits, in either case, with or without colons between the bytes.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Fingerprint parse(String text) {
    String digits = text.replace(":", "").trim().toLowerCase(java.util.Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "not a SHA-256 fingerprint (64 hexadecimal digits): " + text);
    }
    return new Fingerprint(digits);
  }

  /** Returns the fingerprint as 64 lower-case hexadecimal digits. */
  public String hex() {
    return hex;
  }

  private static String toHex(byte[] bytes) {
    char[] text = new char[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS[(bytes[i] >> 4) & 0xf];
      text[2 * i + 1] = DIGITS[bytes[i] & 0xf];
    }
    return new String(text);
  }

  @Override
  public int compareTo(Fingerprint other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint && hex.equals(((Fingerprint) other).hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
