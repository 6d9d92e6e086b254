package dev.hitless.policy;

import dev.hitless.material.Fingerprint;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * SHA-256 values of which a peer's certificate must have one: of the leaf itself, or of its public
 * key (SubjectPublicKeyInfo, as RFC 7469 pins it), which stays when the certificate is renewed with
 * the same key.
 *
 * <p>Immutable and thread-safe.
 */
final class PeerPins {
  private static final String LEAF = "leaf:";
  private static final String SPKI = "spki:";
  private static final String CURL = "sha256//";
  private static final int BYTES = 32;

  private final Set<String> leaves = new HashSet<>();
  private final Set<String> keys = new HashSet<>();

  /**
   * Parses pins: {@code leaf:} or {@code spki:} with hexadecimal digits or Base64, or {@code
   * sha256//…} as curl writes that of a public key.
   *
   * @throws IllegalArgumentException if one is of another form
   */
  PeerPins(List<String> pins) {
    for (String pin : pins) {
      if (pin.startsWith(LEAF)) {
        leaves.add(hex(pin, pin.substring(LEAF.length())));
      } else if (pin.startsWith(SPKI)) {
        keys.add(hex(pin, pin.substring(SPKI.length())));
      } else if (pin.startsWith(CURL)) {
        keys.add(hex(pin, pin.substring(CURL.length())));
      } else {
        throw malformed(pin);
      }
    }
  }

  private static IllegalArgumentException malformed(String pin) {
    return new IllegalArgumentException(
        "holds \""
            + pin
            + "\", which is no SHA-256 such as leaf:<64 hexadecimal digits> or spki:<Base64>");
  }

  private static String hex(String pin, String value) {
    try {
      return Fingerprint.parse(value).hex();
    } catch (IllegalArgumentException notHex) {
      try {
        byte[] bytes = Base64.getDecoder().decode(value);
        if (bytes.length == BYTES) {
          StringBuilder hex = new StringBuilder();
          for (byte each : bytes) {
            hex.append(Character.forDigit((each >> 4) & 0xf, 16));
            hex.append(Character.forDigit(each & 0xf, 16));
          }
          return hex.toString();
        }
      } catch (IllegalArgumentException notBase64) {
        throw malformed(pin);
      }
      throw malformed(pin);
    }
  }

  boolean permit(X509Certificate leaf) {
    return (!leaves.isEmpty() && leaves.contains(Fingerprint.of(leaf).hex()))
        || (!keys.isEmpty()
            && keys.contains(Fingerprint.ofBytes(leaf.getPublicKey().getEncoded()).hex()));
  }
}
