package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Makes private keys of their encodings: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017), SEC 1 (RFC 5915) and
 * OpenSSL's own for DSA. All become PKCS#8, which the JDK's key factories read.
 */
final class PrivateKeys {
  private static final int PKCS1_ELEMENTS = 9;
  private static final int DSA_ELEMENTS = 6;

  private PrivateKeys() {}

  /**
   * Parses a key.
   *
   * @param der the encoding, not encrypted
   * @param curve the curve of a SEC 1 key that names none itself; null if unknown
   * @throws MaterialException with {@code MALFORMED} or {@code UNSUPPORTED}
   */
  static PrivateKey parse(byte[] der, @Nullable ASN1Encodable curve) throws MaterialException {
    PrivateKeyInfo info;
    byte[] pkcs8;
    try {
      info = pkcs8(ASN1Sequence.getInstance(der), curve);
      pkcs8 = info.getEncoded("DER");
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      // Without the cause: its text may quote the encoding.
      throw new MaterialException(Reason.MALFORMED, "the private key is damaged", null);
    }
    return create(info.getPrivateKeyAlgorithm(), pkcs8);
  }

  private static PrivateKeyInfo pkcs8(ASN1Sequence key, @Nullable ASN1Encodable curve)
      throws IOException, MaterialException {
    ASN1Encodable second = key.getObjectAt(1);
    if (second instanceof ASN1Sequence) {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(key);
      // Again without its attributes and public key (version 2), which older JDKs refuse.
      return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey());
    }
    if (!(second instanceof ASN1Integer)) {
      return sec1(ECPrivateKey.getInstance(key), curve);
    }
    if (key.size() == DSA_ELEMENTS) {
      DERSequence parameters =
          new DERSequence(
              new ASN1Encodable[] {key.getObjectAt(1), key.getObjectAt(2), key.getObjectAt(3)});
      return new PrivateKeyInfo(
          new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, parameters), key.getObjectAt(5));
    }
    if (key.size() < PKCS1_ELEMENTS) {
      throw new IllegalArgumentException("neither PKCS#1 nor DSA");
    }
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key);
  }

  private static PrivateKeyInfo sec1(ECPrivateKey key, @Nullable ASN1Encodable curve)
      throws IOException, MaterialException {
    ASN1Encodable parameters = key.getParametersObject();
    if (parameters == null) {
      parameters = curve;
    }
    if (parameters == null) {
      throw new MaterialException(
          Reason.UNSUPPORTED, "the EC private key does not say on which curve it is", null);
    }
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters), key);
  }

  private static PrivateKey create(AlgorithmIdentifier algorithm, byte[] pkcs8)
      throws MaterialException {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    String name = name(oid.getId());
    try {
      return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (NoSuchAlgorithmException e) {
      throw new MaterialException(Reason.UNSUPPORTED, unsupported(name), e);
    } catch (GeneralSecurityException | RuntimeException e) {
      if (name.equals("EC")) {
        throw new MaterialException(
            Reason.UNSUPPORTED,
            "this Java platform cannot read the EC private key; its curve may be unknown here ("
                + curve(algorithm)
                + ")",
            null);
      }
      throw new MaterialException(Reason.MALFORMED, "the private key is damaged", null);
    } finally {
      java.util.Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static String curve(AlgorithmIdentifier algorithm) {
    ASN1Encodable parameters = algorithm.getParameters();
    return parameters instanceof ASN1ObjectIdentifier
        ? ((ASN1ObjectIdentifier) parameters).getId()
        : "explicit parameters, not a named curve";
  }

  private static String name(String oid) {
    switch (oid) {
      case "1.2.840.113549.1.1.1":
        return "RSA";
      case "1.2.840.113549.1.1.10":
        return "RSASSA-PSS";
      case "1.2.840.10045.2.1":
        return "EC";
      case "1.2.840.10040.4.1":
        return "DSA";
      case "1.3.101.112":
        return "Ed25519";
      case "1.3.101.113":
        return "Ed448";
      default:
        return oid;
    }
  }

  private static String unsupported(String name) {
    String running = ", and this is Java " + System.getProperty("java.version");
    if (name.startsWith("Ed")) {
      return name + " private keys need Java 15 or newer" + running;
    }
    if (name.equals("RSASSA-PSS")) {
      return "RSASSA-PSS private keys need Java 11 or newer, or 8u251" + running;
    }
    return "this Java platform does not know the private key's algorithm " + name;
  }
}
