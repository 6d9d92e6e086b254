package dev.hitless.it.cert;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** A private key with its chain, leaf first, the root left out as a real issuer leaves it out. */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

  public Identity {
    chain = List.copyOf(chain);
  }

  /** The SHA-256 of the leaf in lower-case hex; what tells one generation from the next. */
  public String fingerprint() {
    try {
      return fingerprint(chain.get(0));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made has no encoding", e);
    }
  }

  /** The SHA-256 of a certificate in lower-case hex. */
  public static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.of().formatHex(digest);
  }
}
