package dev.hitless.material;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.RC2Engine;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S1ParametersGenerator;

/**
 * The schemes before PBES2: PBES1 (RFC 8018, 6.1) and those of PKCS#12 (RFC 7292, appendix C). Old
 * files still use them, and are written as they were: their reader may know nothing newer.
 */
final class Pbes1 {
  private Pbes1() {}

  static byte[] crypt(
      boolean encrypt, AlgorithmIdentifier algorithm, byte[] data, char[] password, byte[] utf8)
      throws MaterialException, InvalidCipherTextException {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    return oid.on(PKCSObjectIdentifiers.pkcs_12PbeIds)
        ? pkcs12(encrypt, algorithm, data, password)
        : pkcs5(encrypt, algorithm, data, utf8);
  }

  private static byte[] pkcs5(
      boolean encrypt, AlgorithmIdentifier algorithm, byte[] data, byte[] password)
      throws MaterialException, InvalidCipherTextException {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    Digest digest;
    BlockCipher engine;
    if (oid.equals(PKCSObjectIdentifiers.pbeWithMD5AndDES_CBC)) {
      digest = new MD5Digest();
      engine = new DESEngine();
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHA1AndDES_CBC)) {
      digest = new SHA1Digest();
      engine = new DESEngine();
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithMD5AndRC2_CBC)) {
      digest = new MD5Digest();
      engine = new RC2Engine();
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHA1AndRC2_CBC)) {
      digest = new SHA1Digest();
      engine = new RC2Engine();
    } else {
      throw PasswordCipher.unsupported(oid);
    }
    PBEParameter parameters = PBEParameter.getInstance(algorithm.getParameters());
    PBEParametersGenerator generator = new PKCS5S1ParametersGenerator(digest);
    generator.init(
        password, parameters.getSalt(), PasswordCipher.bounded(parameters.getIterationCount()));
    return BlockCipherScheme.crypt(
        encrypt, engine, generator.generateDerivedParameters(64, 64), data);
  }

  private static byte[] pkcs12(
      boolean encrypt, AlgorithmIdentifier algorithm, byte[] data, char[] password)
      throws MaterialException, InvalidCipherTextException {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(algorithm.getParameters());
    PBEParametersGenerator generator = new PKCS12ParametersGenerator(new SHA1Digest());
    generator.init(
        PBEParametersGenerator.PKCS12PasswordToBytes(password),
        parameters.getIV(),
        PasswordCipher.bounded(parameters.getIterations()));
    if (oid.equals(PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC4)) {
      return rc4(generator.generateDerivedParameters(128), data);
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC4)) {
      return rc4(generator.generateDerivedParameters(40), data);
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC)) {
      return crypt(encrypt, new DESedeEngine(), generator, 192, data);
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC)) {
      return crypt(encrypt, new DESedeEngine(), generator, 128, data);
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC)) {
      return crypt(encrypt, new RC2Engine(), generator, 128, data);
    } else if (oid.equals(PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC)) {
      return crypt(encrypt, new RC2Engine(), generator, 40, data);
    }
    throw PasswordCipher.unsupported(oid);
  }

  private static byte[] crypt(
      boolean encrypt,
      BlockCipher engine,
      PBEParametersGenerator generator,
      int keyBits,
      byte[] data)
      throws InvalidCipherTextException {
    return BlockCipherScheme.crypt(
        encrypt, engine, generator.generateDerivedParameters(keyBits, 64), data);
  }

  private static byte[] rc4(CipherParameters key, byte[] data) {
    RC4Engine engine = new RC4Engine();
    engine.init(false, key);
    byte[] out = new byte[data.length];
    engine.processBytes(data, 0, data.length, out, 0);
    return out;
  }
}
