package dev.hitless.material;

import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Chooses the parameters of a password encryption: the scheme and the work factor of what is
 * replaced, because its reader understands those, with a salt and an initialization vector of their
 * own.
 */
final class FreshParameters {
  private static final int SALT_BYTES = 16;
  private static final int ITERATIONS = 10_000;

  private FreshParameters() {}

  /**
   * Returns the parameters for the next content.
   *
   * @throws RuntimeException of Bouncy Castle's if the old ones are damaged
   */
  static AlgorithmIdentifier like(AlgorithmIdentifier old, SecureRandom random) {
    ASN1ObjectIdentifier oid = old.getAlgorithm();
    if (!oid.equals(PKCSObjectIdentifiers.id_PBES2)) {
      // PBES1 and PKCS#12 alike: a salt and a count.
      PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(old.getParameters());
      return new AlgorithmIdentifier(
          oid,
          new PKCS12PBEParams(
              bytes(parameters.getIV().length, random),
              parameters.getIterations().intValueExact()));
    }
    PBES2Parameters parameters = PBES2Parameters.getInstance(old.getParameters());
    EncryptionScheme scheme = parameters.getEncryptionScheme();
    int iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets().length;
    return new AlgorithmIdentifier(
        oid,
        new PBES2Parameters(
            function(parameters.getKeyDerivationFunc(), random),
            new EncryptionScheme(scheme.getAlgorithm(), new DEROctetString(bytes(iv, random)))));
  }

  /** Returns PBES2 with AES-256 and HMAC-SHA-256, which Java 8u301 and OpenSSL 1.0 read too. */
  static AlgorithmIdentifier strong(SecureRandom random) {
    AlgorithmIdentifier prf =
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_hmacWithSHA256, org.bouncycastle.asn1.DERNull.INSTANCE);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_PBES2,
        new PBES2Parameters(
            new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2,
                new PBKDF2Params(bytes(SALT_BYTES, random), ITERATIONS, prf)),
            new EncryptionScheme(
                NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(bytes(16, random)))));
  }

  static KeyDerivationFunc function(KeyDerivationFunc old, SecureRandom random) {
    if (old.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      ScryptParams parameters = ScryptParams.getInstance(old.getParameters());
      return new KeyDerivationFunc(
          old.getAlgorithm(),
          new ScryptParams(
              bytes(parameters.getSalt().length, random),
              parameters.getCostParameter().intValueExact(),
              parameters.getBlockSize().intValueExact(),
              parameters.getParallelizationParameter().intValueExact()));
    }
    PBKDF2Params parameters = PBKDF2Params.getInstance(old.getParameters());
    byte[] salt = bytes(Math.max(8, parameters.getSalt().length), random);
    int iterations = parameters.getIterationCount().intValue();
    return new KeyDerivationFunc(
        old.getAlgorithm(),
        parameters.getKeyLength() == null
            ? new PBKDF2Params(salt, iterations, parameters.getPrf())
            : new PBKDF2Params(
                salt, iterations, parameters.getKeyLength().intValue(), parameters.getPrf()));
  }

  static byte[] bytes(int count, SecureRandom random) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
