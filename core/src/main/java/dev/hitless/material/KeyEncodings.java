package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** The encodings of one private key: PKCS#8, and the older one of its own kind. */
final class KeyEncodings {
  private final PrivateKeyInfo info;
  private final SubjectPublicKeyInfo publicKey;

  /** Of the curve; 0 if the key is on none. */
  private final int orderBits;

  private KeyEncodings(PrivateKeyInfo info, SubjectPublicKeyInfo publicKey, int orderBits) {
    this.info = info;
    this.publicKey = publicKey;
    this.orderBits = orderBits;
  }

  /**
   * Returns the encodings of an identity's key.
   *
   * @throws MaterialException with {@code UNSUPPORTED} if the key does not leave its token
   */
  static KeyEncodings of(Identity identity) throws MaterialException {
    byte[] pkcs8 = encoded(identity.key());
    PublicKey publicKey = identity.leaf().getPublicKey();
    int orderBits =
        publicKey instanceof ECKey ? ((ECKey) publicKey).getParams().getOrder().bitLength() : 0;
    return new KeyEncodings(
        PrivateKeyInfo.getInstance(pkcs8),
        SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()),
        orderBits);
  }

  private static byte[] encoded(PrivateKey key) throws MaterialException {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new MaterialException(
          Reason.UNSUPPORTED, "the new private key does not leave its token", null);
    }
    return encoded;
  }

  /** Returns the PKCS#8 encoding (RFC 5958). */
  byte[] pkcs8() throws MaterialException {
    return der(info);
  }

  /** Returns the name of the key's own encoding in a PEM boundary; null if it has none. */
  @Nullable String traditionalLabel() {
    ASN1ObjectIdentifier oid = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA PRIVATE KEY";
    }
    if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC PRIVATE KEY";
    }
    return oid.equals(X9ObjectIdentifiers.id_dsa) ? "DSA PRIVATE KEY" : null;
  }

  /**
   * Returns PKCS#1 (RFC 8017), SEC 1 (RFC 5915) with its curve and public key, or OpenSSL's own
   * encoding of DSA.
   */
  byte[] traditional() throws MaterialException {
    try {
      ASN1Encodable parsed = info.parsePrivateKey();
      ASN1ObjectIdentifier oid = info.getPrivateKeyAlgorithm().getAlgorithm();
      if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        BigInteger secret = ECPrivateKey.getInstance(parsed).getKey();
        return der(
            new ECPrivateKey(
                orderBits,
                secret,
                publicKey.getPublicKeyData(),
                info.getPrivateKeyAlgorithm().getParameters()));
      }
      return der(oid.equals(X9ObjectIdentifiers.id_dsa) ? dsa(parsed) : parsed);
    } catch (IOException e) {
      throw new MaterialException(Reason.MALFORMED, "the new private key is damaged", null);
    }
  }

  /** Returns what an "EC PARAMETERS" block says of the key; null if it is none on a curve. */
  byte @Nullable [] curve() throws MaterialException {
    return info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        ? der(info.getPrivateKeyAlgorithm().getParameters())
        : null;
  }

  private ASN1Encodable dsa(ASN1Encodable secret) throws IOException {
    DSAParameter parameters =
        DSAParameter.getInstance(info.getPrivateKeyAlgorithm().getParameters());
    ASN1EncodableVector all = new ASN1EncodableVector();
    all.add(new ASN1Integer(0));
    all.add(new ASN1Integer(parameters.getP()));
    all.add(new ASN1Integer(parameters.getQ()));
    all.add(new ASN1Integer(parameters.getG()));
    all.add(publicKey.parsePublicKey());
    all.add(secret);
    return new DERSequence(all);
  }

  private static byte[] der(ASN1Encodable value) throws MaterialException {
    try {
      return value.toASN1Primitive().getEncoded("DER");
    } catch (IOException e) {
      throw new MaterialException(Reason.MALFORMED, "the new private key is damaged", null);
    }
  }
}
