package dev.hitless.renew.issue;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a new leaf takes over of the old one's extensions, each as the bytes it was with its
 * critical flag.
 *
 * <p>Names and extended usages always; key usages as they fit the new key. Further ones only from
 * the same CA, as they are statements of the CA: its policies, its places for revocation, and "must
 * staple" (RFC 7633), which would fail without those places. All else is left behind: identifiers
 * are computed anew, signed certificate timestamps belong to the old certificate alone, and what is
 * unknown may say something that is no longer true.
 *
 * <p>Immutable and thread-safe.
 */
final class LeafExtensions {
  private static final List<ASN1ObjectIdentifier> OF_THE_CA =
      Collections.unmodifiableList(
          Arrays.asList(
              Extension.certificatePolicies,
              Extension.authorityInfoAccess,
              Extension.cRLDistributionPoints,
              Extension.freshestCRL,
              new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24")));

  private static final List<ASN1ObjectIdentifier> MADE_ANEW =
      Collections.unmodifiableList(
          Arrays.asList(
              Extension.subjectAlternativeName,
              Extension.extendedKeyUsage,
              Extension.keyUsage,
              Extension.basicConstraints,
              Extension.subjectKeyIdentifier,
              Extension.authorityKeyIdentifier));

  private final @Nullable Extensions old;

  /**
   * Reads the extensions of the old leaf.
   *
   * @throws IssuerException if the leaf has no encoding
   */
  LeafExtensions(X509Certificate leaf) throws IssuerException {
    try {
      this.old = Certificate.getInstance(leaf.getEncoded()).getTBSCertificate().getExtensions();
    } catch (CertificateEncodingException | IllegalArgumentException e) {
      throw new IssuerException("the old certificate cannot be read: " + e.getMessage(), e);
    }
  }

  @Nullable Extension get(ASN1ObjectIdentifier oid) {
    return old == null ? null : old.getExtension(oid);
  }

  /** Returns what is asked for in a request for a new key: names and usages; may be empty. */
  List<Extension> wanted(PublicKey key) throws IssuerException {
    List<Extension> wanted = new ArrayList<>();
    add(wanted, get(Extension.subjectAlternativeName));
    add(wanted, keyUsage(key));
    add(wanted, get(Extension.extendedKeyUsage));
    return wanted;
  }

  /** Returns what the same CA says again in the next certificate; may be empty. */
  List<Extension> ofTheCa() {
    List<Extension> carried = new ArrayList<>();
    for (ASN1ObjectIdentifier oid : OF_THE_CA) {
      add(carried, get(oid));
    }
    return carried;
  }

  /** Returns the critical extensions that a new leaf does not take over, by their OIDs. */
  List<String> criticalLeftBehind(boolean sameCa) {
    List<String> left = new ArrayList<>();
    if (old != null) {
      for (ASN1ObjectIdentifier oid : old.getCriticalExtensionOIDs()) {
        if (!MADE_ANEW.contains(oid) && !(sameCa && OF_THE_CA.contains(oid))) {
          left.add(oid.getId());
        }
      }
    }
    return left;
  }

  /**
   * The key usages (RFC 5280, section 4.2.1.3) as the new key can fulfil them: only plain RSA keys
   * encipher (RFC 4055, RFC 8813), only EC keys agree, and no leaf signs certificates.
   */
  private @Nullable Extension keyUsage(PublicKey key) throws IssuerException {
    Extension extension = get(Extension.keyUsage);
    if (extension == null) {
      return null;
    }
    KeyUsage usage = KeyUsage.getInstance(extension.getParsedValue());
    String algorithm = KeyOids.of(key);
    int unfit = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    if (!algorithm.equals(KeyOids.RSA)) {
      unfit |= KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;
    }
    if (!algorithm.equals(KeyOids.EC)) {
      unfit |= KeyUsage.keyAgreement | KeyUsage.encipherOnly | KeyUsage.decipherOnly;
    }
    int bits = 0;
    boolean lost = false;
    for (int i = 0; i < 9; i++) {
      int bit = i == 8 ? KeyUsage.decipherOnly : 0x80 >> i;
      if (usage.hasUsages(bit)) {
        lost |= (unfit & bit) != 0;
        bits |= bit & ~unfit;
      }
    }
    if (lost) {
      // Such a key takes part in a handshake by signing.
      bits |= KeyUsage.digitalSignature;
    }
    try {
      return new Extension(
          Extension.keyUsage, extension.isCritical(), new KeyUsage(bits).getEncoded());
    } catch (IOException e) {
      throw new IssuerException("the key usages cannot be encoded", e);
    }
  }

  private static void add(List<Extension> to, @Nullable Extension extension) {
    if (extension != null) {
      to.add(extension);
    }
  }
}
