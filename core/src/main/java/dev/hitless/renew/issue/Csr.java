package dev.hitless.renew.issue;

import dev.hitless.material.KeyMatch;
import dev.hitless.material.KeyTypes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Makes PKCS #10 requests (RFC 2986). Stateless. */
final class Csr {
  private Csr() {}

  /**
   * Asks for what an old leaf has: its subject, names and usages. The signature shows that the keys
   * are a pair, which is remembered.
   *
   * @return the request in DER
   */
  static byte[] build(X509Certificate old, KeyPair keys) throws IssuerException {
    PKCS10CertificationRequestBuilder builder =
        new PKCS10CertificationRequestBuilder(
            X500Name.getInstance(old.getSubjectX500Principal().getEncoded()),
            KeyOids.info(keys.getPublic()));
    List<Extension> wanted = new LeafExtensions(old).wanted(keys.getPublic());
    if (!wanted.isEmpty()) {
      builder.addAttribute(
          PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
          new Extensions(wanted.toArray(new Extension[0])));
    }
    try {
      JdkSigner signer = JdkSigner.of(keys.getPrivate(), keys.getPublic());
      PKCS10CertificationRequest request = builder.build(signer);
      if (!signer.verifies(keys.getPublic(), request.getSignature())) {
        throw new IssuerException(
            "the certificate request is not signed by its own "
                + KeyTypes.of(keys.getPublic())
                + " key",
            null);
      }
      byte[] der = request.getEncoded();
      KeyMatch.remember(keys.getPrivate(), keys.getPublic());
      return der;
    } catch (GeneralSecurityException | IOException | IllegalStateException e) {
      throw new IssuerException("the certificate request cannot be signed: " + e.getMessage(), e);
    }
  }
}
