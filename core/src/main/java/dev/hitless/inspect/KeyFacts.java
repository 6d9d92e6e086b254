package dev.hitless.inspect;

import dev.hitless.material.KeyTypes;
import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Type, size and curve of a public key, also of one that this platform cannot use.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyFacts {
  private static final int WEAK_BELOW = 2048;
  private static final int WEAK_CURVE_BELOW = 224;

  private final String type;
  private final int bits;
  private final @Nullable String curve;

  private KeyFacts(String type, int bits, @Nullable String curve) {
    this.type = type;
    this.bits = bits;
    this.curve = curve;
  }

  /** Reads the facts of a key. */
  public static KeyFacts of(PublicKey key) {
    AlgorithmIdentifier algorithm = algorithm(key);
    String oid = algorithm == null ? "" : algorithm.getAlgorithm().getId();
    if (oid.equals("1.3.101.112")) {
      return new KeyFacts("Ed25519", 256, null);
    }
    if (oid.equals("1.3.101.113")) {
      return new KeyFacts("Ed448", 456, null);
    }
    String type = KeyTypes.of(key);
    if (key instanceof RSAPublicKey) {
      return new KeyFacts(type, ((RSAPublicKey) key).getModulus().bitLength(), null);
    }
    if (key instanceof DSAPublicKey && ((DSAPublicKey) key).getParams() != null) {
      return new KeyFacts(type, ((DSAPublicKey) key).getParams().getP().bitLength(), null);
    }
    if (key instanceof ECPublicKey) {
      int bits = ((ECPublicKey) key).getParams().getCurve().getField().getFieldSize();
      return new KeyFacts(type, bits, curve(algorithm));
    }
    return new KeyFacts(type, 0, type.equals("EC") ? curve(algorithm) : null);
  }

  private static @Nullable AlgorithmIdentifier algorithm(PublicKey key) {
    try {
      return SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
    } catch (IllegalArgumentException | NullPointerException e) {
      return null;
    }
  }

  private static @Nullable String curve(@Nullable AlgorithmIdentifier algorithm) {
    ASN1Encodable parameters = algorithm == null ? null : algorithm.getParameters();
    if (!(parameters instanceof ASN1ObjectIdentifier)) {
      return null;
    }
    String oid = ((ASN1ObjectIdentifier) parameters).getId();
    switch (oid) {
      case "1.2.840.10045.3.1.7":
        return "P-256";
      case "1.3.132.0.34":
        return "P-384";
      case "1.3.132.0.35":
        return "P-521";
      default:
        return oid;
    }
  }

  /** Returns RSA, RSASSA-PSS, EC, Ed25519, Ed448, DSA, or the name of another algorithm. */
  public String type() {
    return type;
  }

  /** Returns the size in bits, or 0 if this platform cannot tell. */
  public int bits() {
    return bits;
  }

  /** Returns the curve of an EC key (P-256, P-384, P-521, else its OID), or null. */
  public @Nullable String curve() {
    return curve;
  }

  boolean isWeak() {
    boolean modulus = type.startsWith("RSA") || type.equals("DSA");
    return bits > 0 && bits < (modulus ? WEAK_BELOW : WEAK_CURVE_BELOW);
  }

  /** Returns for example {@code RSA 2048}, {@code EC P-256} or {@code Ed25519}. */
  @Override
  public String toString() {
    if (type.startsWith("Ed")) {
      return type;
    }
    return type + (curve != null ? " " + curve : bits > 0 ? " " + bits : "");
  }
}
