package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Encodes a key in the way that another one is encoded: PKCS#8, encrypted PKCS#8, or the key's own
 * encoding, encrypted or not; with the same password and scheme.
 */
final class KeyWriter {
  private final KeyEncodings next;
  private final SecureRandom random;

  KeyWriter(KeyEncodings next, SecureRandom random) {
    this.next = next;
    this.random = random;
  }

  /**
   * Returns the block that takes the place of an old one.
   *
   * @param password what opened the old one; of no matter if it is not encrypted
   */
  PemBlock like(PemBlock old, char[] password) throws MaterialException {
    String traditional = next.traditionalLabel();
    if (old.dekInfo != null) {
      if (traditional == null) {
        return encrypted(FreshParameters.strong(random), password);
      }
      TraditionalCipher cipher =
          TraditionalCipher.like(old.dekInfo, next.traditional(), password, random);
      return PemBlock.of(traditional, cipher.dekInfo, cipher.encrypted);
    }
    ASN1Sequence sequence = ASN1Sequence.getInstance(old.content);
    ASN1Encodable second = sequence.getObjectAt(1);
    if (sequence.getObjectAt(0) instanceof ASN1Sequence) {
      AlgorithmIdentifier algorithm =
          EncryptedPrivateKeyInfo.getInstance(sequence).getEncryptionAlgorithm();
      return encrypted(FreshParameters.like(algorithm, random), password);
    }
    return second instanceof ASN1Sequence || traditional == null
        ? PemBlock.of("PRIVATE KEY", next.pkcs8())
        : PemBlock.of(traditional, next.traditional());
  }

  private PemBlock encrypted(AlgorithmIdentifier algorithm, char[] password)
      throws MaterialException {
    byte[] encrypted = PasswordCipher.crypt(true, algorithm, next.pkcs8(), password);
    try {
      return PemBlock.of(
          "ENCRYPTED PRIVATE KEY",
          new EncryptedPrivateKeyInfo(algorithm, encrypted).getEncoded("DER"));
    } catch (IOException e) {
      throw new MaterialException(
          Reason.UNSUPPORTED, "the new private key cannot be encrypted", null);
    }
  }
}
