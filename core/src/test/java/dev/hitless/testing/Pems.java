package dev.hitless.testing;

import dev.hitless.material.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** Writes PEM files for tests. */
public final class Pems {
  private Pems() {}

  /** Returns the key (PKCS#8) followed by the chain. */
  public static String combined(Identity identity) {
    return key(identity) + chain(identity);
  }

  /** Returns the certificates, leaf first. */
  public static String chain(Identity identity) {
    return certificates(identity.chain());
  }

  /** Returns certificates in the given order. */
  public static String certificates(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(block("CERTIFICATE", certificate.getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  /** Returns certificates in the given order. */
  public static String certificates(X509Certificate... certificates) {
    return certificates(Arrays.asList(certificates));
  }

  /** Returns the key as PKCS#8. */
  public static String key(Identity identity) {
    return block("PRIVATE KEY", identity.key().getEncoded());
  }

  /** Returns an RSA key as PKCS#1. */
  public static String pkcs1(Identity identity) {
    return block("RSA PRIVATE KEY", inner(identity.key()));
  }

  /** Returns an EC key as SEC 1; the JDK's encoding of it does not name the curve. */
  public static byte[] sec1WithoutCurve(Identity identity) {
    return inner(identity.key());
  }

  /** Returns the key as PKCS#8, encrypted in a way that every JDK can. */
  public static String encryptedKey(Identity identity, String password) {
    try {
      String algorithm = "PBEWithSHA1AndDESede";
      byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          new PBEParameterSpec(salt, 2048));
      EncryptedPrivateKeyInfo info =
          new EncryptedPrivateKeyInfo(
              cipher.getParameters(), cipher.doFinal(identity.key().getEncoded()));
      return block("ENCRYPTED PRIVATE KEY", info.getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns one PEM block. */
  public static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** Returns the bytes of a text. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] inner(PrivateKey key) {
    try {
      return PrivateKeyInfo.getInstance(key.getEncoded())
          .parsePrivateKey()
          .toASN1Primitive()
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
