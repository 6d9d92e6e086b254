package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.OpenSSLPBEParametersGenerator;
import org.bouncycastle.util.encoders.Hex;

/**
 * Encrypts as OpenSSL's traditional format does (RFC 1421 headers, a key derived with MD5). Weak,
 * but a server that was given such a key may read nothing else.
 */
final class TraditionalCipher {
  /** What follows "DEK-Info: ". */
  final String dekInfo;

  final byte[] encrypted;

  private TraditionalCipher(String dekInfo, byte[] encrypted) {
    this.dekInfo = dekInfo;
    this.encrypted = encrypted;
  }

  /**
   * Encrypts with the cipher of an old key, or AES-256 if that one was in a rare mode.
   *
   * @param oldDekInfo what the old key's header says
   */
  static TraditionalCipher like(
      String oldDekInfo, byte[] plain, char[] password, SecureRandom random)
      throws MaterialException {
    String name = oldDekInfo.split(",", 2)[0].trim().toUpperCase(Locale.ROOT);
    BlockCipher engine = AESEngine.newInstance();
    int keyBits;
    switch (name) {
      case "DES-CBC":
        engine = new DESEngine();
        keyBits = 64;
        break;
      case "DES-EDE3-CBC":
        engine = new DESedeEngine();
        keyBits = 192;
        break;
      case "AES-128-CBC":
        keyBits = 128;
        break;
      case "AES-192-CBC":
        keyBits = 192;
        break;
      default:
        name = "AES-256-CBC";
        keyBits = 256;
        break;
    }
    byte[] iv = FreshParameters.bytes(engine.getBlockSize(), random);
    byte[] utf8 = PasswordCipher.utf8(password);
    try {
      OpenSSLPBEParametersGenerator generator = new OpenSSLPBEParametersGenerator();
      generator.init(utf8, Arrays.copyOf(iv, 8));
      org.bouncycastle.crypto.CipherParameters keyAndIv =
          new org.bouncycastle.crypto.params.ParametersWithIV(
              generator.generateDerivedParameters(keyBits), iv);
      byte[] encrypted = BlockCipherScheme.crypt(true, engine, keyAndIv, plain);
      String hex = Hex.toHexString(iv).toUpperCase(Locale.ROOT);
      return new TraditionalCipher(name + "," + hex, encrypted);
    } catch (InvalidCipherTextException e) {
      throw new MaterialException(
          Reason.UNSUPPORTED, "the new private key cannot be encrypted", null);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }
}
