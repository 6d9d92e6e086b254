package dev.hitless.material;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.DSAPrivateKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tells whether a private and a public key are a pair. Thread-safe. */
public final class KeyMatch {
  private static final byte[] PROBE =
      "hitless: does this key belong to that certificate?".getBytes(StandardCharsets.US_ASCII);

  private static final Verified PAIRS = new Verified();

  private KeyMatch() {}

  /**
   * Returns whether the keys are a pair: by their numbers for RSA and DSA, by a signature made and
   * verified for all others. A pair that this platform cannot check is none.
   */
  static boolean isPair(PrivateKey key, PublicKey publicKey) {
    if (key instanceof RSAKey && publicKey instanceof RSAPublicKey) {
      return isRsaPair((RSAKey) key, (RSAPublicKey) publicKey);
    }
    if (key instanceof DSAPrivateKey && publicKey instanceof DSAPublicKey) {
      return isDsaPair((DSAPrivateKey) key, (DSAPublicKey) publicKey);
    }
    return KeyTypes.ofKey(key).equals(KeyTypes.ofKey(publicKey))
        && mayBeOnOneCurve(key, publicKey)
        && isPairOfOneCurve(key, publicKey);
  }

  /**
   * Remembers for a while that two keys are a pair, so that it is not looked at again.
   *
   * @param key what has just signed, or was just generated
   * @param publicKey what has just verified that signature, or was generated with it
   */
  public static void remember(PrivateKey key, PublicKey publicKey) {
    Fingerprint both = both(key, publicKey);
    if (both != null) {
      PAIRS.add(both);
    }
  }

  private static boolean isPairOfOneCurve(PrivateKey key, PublicKey publicKey) {
    Fingerprint both = both(key, publicKey);
    return both == null
        ? verifiesWhatIsSigned(key, publicKey)
        : PAIRS.succeeds(both, () -> verifiesWhatIsSigned(key, publicKey));
  }

  /** Returns null for a key that stays in a device. */
  private static @Nullable Fingerprint both(PrivateKey key, PublicKey publicKey) {
    byte[] secret = key.getEncoded();
    byte[] open = publicKey.getEncoded();
    if (secret == null || open == null) {
      return null;
    }
    Fingerprint both = Fingerprint.ofBytes(secret, open);
    Arrays.fill(secret, (byte) 0);
    return both;
  }

  private static boolean isRsaPair(RSAKey key, RSAPublicKey publicKey) {
    if (!key.getModulus().equals(publicKey.getModulus())) {
      return false;
    }
    return !(key instanceof RSAPrivateCrtKey)
        || ((RSAPrivateCrtKey) key).getPublicExponent().equals(publicKey.getPublicExponent());
  }

  private static boolean isDsaPair(DSAPrivateKey key, DSAPublicKey publicKey) {
    return key.getParams() != null
        && key.getParams()
            .getG()
            .modPow(key.getX(), key.getParams().getP())
            .equals(publicKey.getY());
  }

  private static boolean mayBeOnOneCurve(PrivateKey key, PublicKey publicKey) {
    if (!(key instanceof ECKey) || !(publicKey instanceof ECKey)) {
      return true;
    }
    return ((ECKey) key).getParams().getCurve().equals(((ECKey) publicKey).getParams().getCurve());
  }

  private static boolean verifiesWhatIsSigned(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        KeyTypes.ofKey(key).equals("EC") ? "SHA256withECDSA" : String.valueOf(key.getAlgorithm());
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(PROBE);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // A provider may refuse a foreign key in any way it likes; then the two are no pair here.
      return false;
    }
  }
}
