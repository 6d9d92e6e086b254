package dev.hitless.it.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;

/** Reads an EC key and its chain from one PEM file, as servers that know PEM do. */
final class PemFile {
  private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_ENDS = "-----END PRIVATE KEY-----";

  private PemFile() {}

  static KeyStore keyStore(String file, char[] password)
      throws IOException, GeneralSecurityException {
    String text = new String(Files.readAllBytes(Paths.get(file)), StandardCharsets.US_ASCII);
    int begins = text.indexOf(KEY_BEGINS);
    int ends = text.indexOf(KEY_ENDS);
    byte[] pkcs8 =
        Base64.getMimeDecoder().decode(text.substring(begins + KEY_BEGINS.length(), ends));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    String rest = text.substring(0, begins) + text.substring(ends + KEY_ENDS.length());
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(rest.trim().getBytes(StandardCharsets.US_ASCII)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", key, password, chain.toArray(new Certificate[0]));
    return store;
  }
}
