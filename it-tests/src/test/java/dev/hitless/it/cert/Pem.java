package dev.hitless.it.cert;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** PEM as RFC 7468 lays it out: PKCS#8 for keys, one block a certificate. */
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  public static String key(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  public static String certificates(List<X509Certificate> certificates)
      throws CertificateEncodingException {
    StringBuilder result = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      result.append(block("CERTIFICATE", certificate.getEncoded()));
    }
    return result.toString();
  }

  static byte[] bytes(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(content), label);
  }
}
