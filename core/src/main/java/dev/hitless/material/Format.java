package dev.hitless.material;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, told from its first bytes; its name and the type that a server gave are only
 * hints, and often wrong ones.
 */
public enum Format {
  /** A PKCS#12 keystore (RFC 7292): a PFX of version 3. */
  PKCS12,
  /** The JDK's own old keystore. */
  JKS,
  /** The JCE's keystore. */
  JCEKS,
  /** Text with at least one encapsulation boundary of RFC 7468. */
  PEM,
  /** An X.509 certificate in DER (or something that starts like one, such as a CRL). */
  DER_CERTIFICATE,
  /** A private key in DER: PKCS#8, encrypted PKCS#8, PKCS#1 or SEC 1. */
  DER_KEY,
  /** None of these. */
  UNKNOWN;

  private static final int JKS_MAGIC = 0xFEEDFEED;
  private static final int JCEKS_MAGIC = 0xCECECECE;
  private static final byte[] PEM_BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);

  /**
   * Tells the format of a file's content, which may end early.
   *
   * @return never null; {@link #UNKNOWN} for anything unexpected, never an exception
   */
  public static Format of(byte[] content) {
    if (content.length >= 4) {
      int magic =
          (content[0] & 0xff) << 24
              | (content[1] & 0xff) << 16
              | (content[2] & 0xff) << 8
              | (content[3] & 0xff);
      if (magic == JKS_MAGIC) {
        return JKS;
      }
      if (magic == JCEKS_MAGIC) {
        return JCEKS;
      }
    }
    DerHeader outer = DerHeader.at(content, 0);
    Format der = outer == null || outer.tag != DerHeader.SEQUENCE ? UNKNOWN : ofDer(content, outer);
    if (der != UNKNOWN) {
      return der;
    }
    return contains(content, PEM_BEGIN) ? PEM : UNKNOWN;
  }

  /** Returns whether this is a keystore that every JDK reads. */
  public boolean isKeyStore() {
    return this == PKCS12 || this == JKS || this == JCEKS;
  }

  /** Returns whether {@link PemReader} reads it. */
  public boolean isPemOrDer() {
    return this == PEM || this == DER_CERTIFICATE || this == DER_KEY;
  }

  private static Format ofDer(byte[] content, DerHeader outer) {
    DerHeader first = outer.first(content);
    if (first == null) {
      return UNKNOWN;
    }
    DerHeader second = first.next(content);
    if (first.tag == DerHeader.INTEGER && first.end == first.start + 1L) {
      return first.start < content.length
          ? ofVersion(content[first.start], content, second)
          : UNKNOWN;
    }
    if (first.tag != DerHeader.SEQUENCE) {
      return UNKNOWN;
    }
    switch (DerHeader.tagOf(first.first(content))) {
      case DerHeader.OBJECT_IDENTIFIER:
        return DerHeader.tagOf(second) == DerHeader.OCTET_STRING ? DER_KEY : UNKNOWN;
      case DerHeader.EXPLICIT_0:
      case DerHeader.INTEGER:
        return DER_CERTIFICATE;
      default:
        return UNKNOWN;
    }
  }

  private static Format ofVersion(int version, byte[] content, @Nullable DerHeader second) {
    int tag = DerHeader.tagOf(second);
    if (version == 3 && tag == DerHeader.SEQUENCE) {
      return PKCS12;
    }
    boolean pkcs8 =
        (version == 0 || version == 1)
            && second != null
            && tag == DerHeader.SEQUENCE
            && DerHeader.tagOf(second.next(content)) == DerHeader.OCTET_STRING;
    boolean pkcs1 = version == 0 && tag == DerHeader.INTEGER;
    boolean sec1 = version == 1 && tag == DerHeader.OCTET_STRING;
    return pkcs8 || pkcs1 || sec1 ? DER_KEY : UNKNOWN;
  }

  private static boolean contains(byte[] content, byte[] wanted) {
    for (int at = 0; at <= content.length - wanted.length; at++) {
      int matched = 0;
      while (matched < wanted.length && content[at + matched] == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
