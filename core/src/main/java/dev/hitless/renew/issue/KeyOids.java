package dev.hitless.renew.issue;

import java.security.PublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a public key's own encoding says of its algorithm, whatever a provider calls it. */
final class KeyOids {
  static final String RSA = "1.2.840.113549.1.1.1";
  static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
  static final String EC = "1.2.840.10045.2.1";
  static final String ED25519 = "1.3.101.112";
  static final String ED448 = "1.3.101.113";

  private KeyOids() {}

  /** Returns the object identifier of the algorithm (RFC 5280, section 4.1.2.7). */
  static String of(PublicKey key) {
    return info(key).getAlgorithm().getAlgorithm().getId();
  }

  static SubjectPublicKeyInfo info(PublicKey key) {
    return SubjectPublicKeyInfo.getInstance(key.getEncoded());
  }
}
