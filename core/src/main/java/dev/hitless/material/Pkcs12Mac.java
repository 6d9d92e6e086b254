package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The integrity check of a PKCS#12 file: that of RFC 7292, 4, and PBMAC1 of RFC 9579. Computed anew
 * with the same functions and work factor, and a salt of its own.
 */
final class Pkcs12Mac {
  private Pkcs12Mac() {}

  /**
   * Checks the old content.
   *
   * @throws MaterialException with {@code WRONG_PASSWORD} if it does not fit
   */
  static void verify(MacData mac, byte[] content, char[] password) throws MaterialException {
    byte[] expected = mac.getMac().getDigest();
    AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
    byte[] salt = mac.getSalt();
    if (!MessageDigest.isEqual(
        expected, compute(algorithm, salt, mac.getIterationCount(), content, password))) {
      throw new MaterialException(
          Reason.WRONG_PASSWORD, "the password does not open the keystore", null);
    }
  }

  /** Computes the check of the new content. */
  static MacData like(MacData old, byte[] content, char[] password, SecureRandom random)
      throws MaterialException {
    AlgorithmIdentifier algorithm = old.getMac().getAlgorithmId();
    byte[] salt = FreshParameters.bytes(Math.max(8, old.getSalt().length), random);
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
      PBMAC1Params parameters = PBMAC1Params.getInstance(algorithm.getParameters());
      KeyDerivationFunc function =
          FreshParameters.function(
              KeyDerivationFunc.getInstance(parameters.getKeyDerivationFunc()), random);
      algorithm =
          new AlgorithmIdentifier(
              algorithm.getAlgorithm(),
              new PBMAC1Params(
                  new AlgorithmIdentifier(function.getAlgorithm(), function.getParameters()),
                  parameters.getMessageAuthScheme()));
      // Of no meaning there; a placeholder in most files.
      salt = old.getSalt();
    }
    BigInteger iterations = old.getIterationCount();
    byte[] mac = compute(algorithm, salt, iterations, content, password);
    return new MacData(new DigestInfo(algorithm, mac), salt, iterations.intValueExact());
  }

  private static byte[] compute(
      AlgorithmIdentifier algorithm,
      byte[] salt,
      BigInteger iterations,
      byte[] content,
      char[] password)
      throws MaterialException {
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
      return pbmac1(PBMAC1Params.getInstance(algorithm.getParameters()), content, password);
    }
    Digest digest = digest(algorithm.getAlgorithm());
    PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(digest);
    generator.init(
        PBEParametersGenerator.PKCS12PasswordToBytes(password),
        salt,
        PasswordCipher.bounded(iterations));
    return hmac(
        digest(algorithm.getAlgorithm()),
        generator.generateDerivedMacParameters(digest.getDigestSize() * 8),
        content);
  }

  private static byte[] pbmac1(PBMAC1Params parameters, byte[] content, char[] password)
      throws MaterialException {
    AlgorithmIdentifier function = parameters.getKeyDerivationFunc();
    PBKDF2Params derivation = PBKDF2Params.getInstance(function.getParameters());
    ASN1ObjectIdentifier scheme = parameters.getMessageAuthScheme().getAlgorithm();
    if (derivation.getKeyLength() == null) {
      throw PasswordCipher.unsupported(function.getAlgorithm());
    }
    byte[] utf8 = PasswordCipher.utf8(password);
    PKCS5S2ParametersGenerator generator =
        new PKCS5S2ParametersGenerator(Prf.digest(derivation.getPrf().getAlgorithm()));
    generator.init(
        utf8, derivation.getSalt(), PasswordCipher.bounded(derivation.getIterationCount()));
    KeyParameter key =
        (KeyParameter)
            generator.generateDerivedMacParameters(derivation.getKeyLength().intValueExact() * 8);
    Arrays.fill(utf8, (byte) 0);
    return hmac(Prf.digest(scheme), key, content);
  }

  private static byte[] hmac(Digest digest, CipherParameters key, byte[] content) {
    HMac hmac = new HMac(digest);
    hmac.init(key);
    hmac.update(content, 0, content.length);
    byte[] result = new byte[hmac.getMacSize()];
    hmac.doFinal(result, 0);
    return result;
  }

  private static Digest digest(ASN1ObjectIdentifier oid) throws MaterialException {
    if (oid.equals(OIWObjectIdentifiers.idSHA1)) {
      return new SHA1Digest();
    }
    if (oid.equals(NISTObjectIdentifiers.id_sha224)) {
      return new SHA224Digest();
    }
    if (oid.equals(NISTObjectIdentifiers.id_sha256)) {
      return new SHA256Digest();
    }
    if (oid.equals(NISTObjectIdentifiers.id_sha384)) {
      return new SHA384Digest();
    }
    if (oid.equals(NISTObjectIdentifiers.id_sha512)) {
      return new SHA512Digest();
    }
    throw PasswordCipher.unsupported(oid);
  }
}
