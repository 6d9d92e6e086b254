package dev.hitless.renew.issue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/**
 * Signs certificates and requests with the JDK's providers, by the algorithm that fits the key:
 * SHA-256 with RSA, PSS as the key demands it (RFC 4055), ECDSA with the digest as long as the
 * curve, EdDSA (RFC 8410).
 *
 * <p>For one signature, on one thread.
 */
final class JdkSigner implements ContentSigner {
  private final AlgorithmIdentifier identifier;
  private final Signature signature;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  private JdkSigner(AlgorithmIdentifier identifier, Signature signature) {
    this.identifier = identifier;
    this.signature = signature;
  }

  /**
   * Returns a signer.
   *
   * @param publicKey the other half of {@code key}; tells which algorithm fits
   * @throws IssuerException if there is none on this Java platform
   */
  static JdkSigner of(PrivateKey key, PublicKey publicKey) throws IssuerException {
    String oid = KeyOids.of(publicKey);
    try {
      switch (oid) {
        case KeyOids.RSA:
          return start(
              key,
              "SHA256withRSA",
              new AlgorithmIdentifier(
                  PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE));
        case KeyOids.RSASSA_PSS:
          return pss(key, KeyOids.info(publicKey).getAlgorithm().getParameters());
        case KeyOids.EC:
          return ecdsa(key, (ECPublicKey) publicKey);
        case KeyOids.ED25519:
        case KeyOids.ED448:
          return start(
              key,
              oid.equals(KeyOids.ED25519) ? "Ed25519" : "Ed448",
              new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid)));
        default:
          throw new IssuerException(
              "a key of the kind " + publicKey.getAlgorithm() + " signs no certificates", null);
      }
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new IssuerException(
          "this Java platform ("
              + System.getProperty("java.version")
              + ") cannot sign with the "
              + publicKey.getAlgorithm()
              + " key: "
              + e.getMessage(),
          e);
    }
  }

  private static JdkSigner ecdsa(PrivateKey key, ECPublicKey publicKey)
      throws GeneralSecurityException {
    int bits = publicKey.getParams().getCurve().getField().getFieldSize();
    if (bits <= 256) {
      return start(
          key, "SHA256withECDSA", new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
    }
    return bits <= 384
        ? start(
            key, "SHA384withECDSA", new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384))
        : start(
            key, "SHA512withECDSA", new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512));
  }

  /** A PSS key may demand its own digest and salt length (RFC 4055, section 1.2). */
  private static JdkSigner pss(PrivateKey key, @Nullable ASN1Encodable demanded)
      throws GeneralSecurityException, IOException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    if (demanded instanceof ASN1Sequence && ((ASN1Sequence) demanded).size() > 0) {
      parameters.init(demanded.toASN1Primitive().getEncoded());
    } else {
      parameters.init(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(parameters.getParameterSpec(PSSParameterSpec.class));
    signature.initSign(key);
    return new JdkSigner(
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSASSA_PSS,
            ASN1Primitive.fromByteArray(parameters.getEncoded())),
        signature);
  }

  private static JdkSigner start(PrivateKey key, String name, AlgorithmIdentifier identifier)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(name);
    signature.initSign(key);
    return new JdkSigner(identifier, signature);
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return identifier;
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  /** Returns whether what was signed verifies; this ends the signer's use. */
  boolean verifies(PublicKey key, byte[] signed) throws GeneralSecurityException {
    signature.initVerify(key);
    signature.update(content.toByteArray());
    return signature.verify(signed);
  }

  @Override
  public byte[] getSignature() {
    try {
      signature.update(content.toByteArray());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign: " + e.getMessage(), e);
    }
  }
}
