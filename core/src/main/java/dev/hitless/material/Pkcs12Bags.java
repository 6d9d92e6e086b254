package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.jspecify.annotations.Nullable;

/** Reads and makes the bags of a PKCS#12 file (RFC 7292, 4.2). */
final class Pkcs12Bags {
  private Pkcs12Bags() {}

  /** Returns the certificate in a bag; null if it holds none. */
  static @Nullable X509Certificate certificate(SafeBag bag) {
    if (!bag.getBagId().equals(PKCSObjectIdentifiers.certBag)) {
      return null;
    }
    CertBag content = CertBag.getInstance(bag.getBagValue());
    if (!content.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
      return null;
    }
    byte[] der = ASN1OctetString.getInstance(content.getCertValue()).getOctets();
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | ClassCastException e) {
      return null;
    }
  }

  /** Returns a bag with a certificate and the attributes of another bag, or none. */
  static SafeBag of(X509Certificate certificate, @Nullable ASN1Set attributes)
      throws MaterialException {
    try {
      CertBag bag =
          new CertBag(
              PKCSObjectIdentifiers.x509Certificate, new DEROctetString(certificate.getEncoded()));
      return new SafeBag(PKCSObjectIdentifiers.certBag, bag.toASN1Primitive(), attributes);
    } catch (CertificateEncodingException e) {
      throw new MaterialException(Reason.MALFORMED, "a new certificate has no encoding", e);
    }
  }

  /** Returns the content of a bag with a key, encrypted or not, as a PEM block would hold it. */
  static @Nullable PemBlock key(SafeBag bag) throws IOException {
    boolean key =
        bag.getBagId().equals(PKCSObjectIdentifiers.keyBag)
            || bag.getBagId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag);
    return key
        ? PemBlock.of("PRIVATE KEY", bag.getBagValue().toASN1Primitive().getEncoded("DER"))
        : null;
  }

  /** Returns the alias that Java gives to a bag's entry: in lower case; null if it has none. */
  static @Nullable String alias(SafeBag bag) {
    ASN1Encodable name = attribute(bag, PKCSObjectIdentifiers.pkcs_9_at_friendlyName.getId());
    return name instanceof ASN1String
        ? ((ASN1String) name).getString().toLowerCase(Locale.ENGLISH)
        : null;
  }

  /**
   * Returns whether a bag is tied to a key, or is an entry of its own: not merely part of a chain.
   */
  static boolean isEntry(SafeBag bag) {
    return attribute(bag, PKCSObjectIdentifiers.pkcs_9_at_localKeyId.getId()) != null
        || attribute(bag, "2.16.840.1.113894.746875.1.1") != null;
  }

  static @Nullable ASN1Encodable attribute(SafeBag bag, String oid) {
    ASN1Set attributes = bag.getBagAttributes();
    if (attributes != null) {
      for (ASN1Encodable each : attributes) {
        Attribute attribute = Attribute.getInstance(each);
        if (attribute.getAttrType().getId().equals(oid) && attribute.getAttrValues().size() > 0) {
          return attribute.getAttrValues().getObjectAt(0);
        }
      }
    }
    return null;
  }
}
