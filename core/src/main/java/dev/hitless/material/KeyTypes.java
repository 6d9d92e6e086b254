package dev.hitless.material;

import java.security.Key;
import java.security.PublicKey;

/** The names that JSSE gives to key types, as in {@code X509KeyManager.chooseServerAlias}. */
public final class KeyTypes {
  private KeyTypes() {}

  /**
   * Returns the JSSE key type of a public key: {@code RSA}, {@code RSASSA-PSS}, {@code EC}, {@code
   * EdDSA} (for Ed25519 and Ed448) or {@code DSA}; for any other key the name of its algorithm.
   *
   * <p>A platform that does not know an algorithm names it by its OID; those are translated.
   */
  public static String of(PublicKey key) {
    return ofKey(key);
  }

  static String ofKey(Key key) {
    String algorithm = String.valueOf(key.getAlgorithm());
    switch (algorithm) {
      case "ECDSA":
      case "1.2.840.10045.2.1":
        return "EC";
      case "Ed25519":
      case "Ed448":
      case "1.3.101.112":
      case "1.3.101.113":
        return "EdDSA";
      case "RSAPSS":
      case "1.2.840.113549.1.1.10":
        return "RSASSA-PSS";
      default:
        return algorithm;
    }
  }
}
