package dev.hitless.renew.issue;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.KeyMatch;
import dev.hitless.material.KeyTypes;
import dev.hitless.material.Verified;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** A PKCS #10 request (RFC 2986), made and read. Immutable and thread-safe. */
final class Csr {
  /** What this process asks of itself, it has verified as it made it. */
  private static final Verified REQUESTS = new Verified();

  private final PKCS10CertificationRequest request;
  private final PublicKey key;

  private Csr(PKCS10CertificationRequest request, PublicKey key) {
    this.request = request;
    this.key = key;
  }

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
        throw notSelfSigned(keys.getPublic());
      }
      byte[] der = request.getEncoded();
      REQUESTS.add(Fingerprint.ofBytes(der));
      KeyMatch.remember(keys.getPrivate(), keys.getPublic());
      return der;
    } catch (GeneralSecurityException | IOException | IllegalStateException e) {
      throw new IssuerException("the certificate request cannot be signed: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a request and verifies that it was signed with the key it names.
   *
   * @throws IssuerException if it is damaged, or signed by another key
   */
  static Csr open(byte[] der) throws IssuerException {
    try {
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
      PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
      if (!REQUESTS.succeeds(Fingerprint.ofBytes(der), () -> isSignedWith(key, request))) {
        throw notSelfSigned(key);
      }
      return new Csr(request, key);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IssuerException("the certificate request cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isSignedWith(PublicKey key, PKCS10CertificationRequest request) {
    try {
      return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
    } catch (OperatorCreationException | PKCSException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static IssuerException notSelfSigned(PublicKey key) {
    return new IssuerException(
        "the certificate request is not signed by its own " + KeyTypes.of(key) + " key", null);
  }

  PublicKey key() {
    return key;
  }

  X500Name subject() {
    return request.getSubject();
  }

  /** Returns an extension that is asked for, or null. */
  @Nullable Extension extension(ASN1ObjectIdentifier oid) {
    Extensions extensions = request.getRequestedExtensions();
    return extensions == null ? null : extensions.getExtension(oid);
  }
}
