package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Encrypts and decrypts with a password, as PKCS#8 keys and the parts of PKCS#12 files are: PBES2
 * of RFC 8018 with PBKDF2 or scrypt (RFC 7914), and the older schemes of {@link Pbes1}.
 *
 * <p>With Bouncy Castle's engines rather than JCA: which schemes there are then depends neither on
 * the JDK nor on the providers that an application registered.
 */
final class PasswordCipher {
  /** The limit that the JDK sets for PKCS12 too; more is damage or an attack. */
  private static final int MAX_ITERATIONS = 5_000_000;

  private static final long MAX_SCRYPT_BYTES = 256L << 20;

  private PasswordCipher() {}

  /**
   * Decrypts a key.
   *
   * @return the PKCS#8 encoding, or rubbish: a wrong password may yield valid padding by chance
   * @throws MaterialException with {@code WRONG_PASSWORD}, {@code UNSUPPORTED} or {@code MALFORMED}
   */
  static byte[] decrypt(byte[] encrypted, char[] password) throws MaterialException {
    EncryptedPrivateKeyInfo info;
    try {
      info = EncryptedPrivateKeyInfo.getInstance(encrypted);
    } catch (RuntimeException e) {
      throw damaged();
    }
    return crypt(false, info.getEncryptionAlgorithm(), info.getEncryptedData(), password);
  }

  /**
   * Encrypts or decrypts.
   *
   * @throws MaterialException with {@code WRONG_PASSWORD}, {@code UNSUPPORTED} or {@code MALFORMED}
   */
  static byte[] crypt(boolean encrypt, AlgorithmIdentifier algorithm, byte[] data, char[] password)
      throws MaterialException {
    byte[] utf8 = utf8(password);
    try {
      if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
        return Pbes1.crypt(encrypt, algorithm, data, password, utf8);
      }
      PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
      EncryptionScheme scheme = parameters.getEncryptionScheme();
      BlockCipherScheme cipher = BlockCipherScheme.of(scheme);
      byte[] key = derive(parameters.getKeyDerivationFunc(), utf8, cipher.keyBytes());
      CipherParameters keyAndIv = new ParametersWithIV(new KeyParameter(key), cipher.iv());
      return cipher.crypt(encrypt, keyAndIv, data);
    } catch (InvalidCipherTextException e) {
      throw new MaterialException(
          Reason.WRONG_PASSWORD, "the password does not open the private key", null);
    } catch (RuntimeException e) {
      throw damaged();
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private static MaterialException damaged() {
    return new MaterialException(Reason.MALFORMED, "the encrypted private key is damaged", null);
  }

  static byte[] utf8(char[] password) {
    ByteBuffer buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    buffer.rewind();
    buffer.put(new byte[bytes.length]);
    return bytes;
  }

  static int bounded(BigInteger iterations) {
    if (iterations.signum() <= 0
        || iterations.bitLength() > 31
        || iterations.intValue() > MAX_ITERATIONS) {
      throw new IllegalArgumentException("iterations out of range");
    }
    return iterations.intValue();
  }

  static MaterialException unsupported(ASN1ObjectIdentifier oid) {
    return new MaterialException(
        Reason.UNSUPPORTED,
        "the private key is encrypted by a scheme that hitless does not know: " + oid.getId(),
        null);
  }

  private static byte[] derive(KeyDerivationFunc function, byte[] password, int keyBytes)
      throws MaterialException {
    if (function.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      ScryptParams parameters = ScryptParams.getInstance(function.getParameters());
      int cost = bounded(parameters.getCostParameter());
      int blockSize = bounded(parameters.getBlockSize());
      int parallel = bounded(parameters.getParallelizationParameter());
      if (128L * cost * blockSize > MAX_SCRYPT_BYTES || parallel > 64) {
        throw unsupported(function.getAlgorithm());
      }
      return SCrypt.generate(password, parameters.getSalt(), cost, blockSize, parallel, keyBytes);
    }
    if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      throw unsupported(function.getAlgorithm());
    }
    PBKDF2Params parameters = PBKDF2Params.getInstance(function.getParameters());
    PKCS5S2ParametersGenerator generator =
        new PKCS5S2ParametersGenerator(Prf.digest(parameters.getPrf().getAlgorithm()));
    generator.init(password, parameters.getSalt(), bounded(parameters.getIterationCount()));
    return ((KeyParameter) generator.generateDerivedMacParameters(keyBytes * 8)).getKey();
  }
}
