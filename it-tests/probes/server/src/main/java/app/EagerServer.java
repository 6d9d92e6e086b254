package app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads its key and certificate, in one PEM file, before it does anything else. */
public final class EagerServer {
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----";

  private EagerServer() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    Path path = Paths.get(args[0]);
    byte[] pem = Files.readAllBytes(Files.isDirectory(path) ? path.resolve("identity.pem") : path);
    TlsServer.listen(keys(new String(pem, StandardCharsets.US_ASCII)));
    int said = System.in.read();
    while (said >= 0) {
      said = System.in.read();
    }
    System.exit(0);
  }

  private static KeyStore keys(String pem) throws IOException, GeneralSecurityException {
    String key = pem.substring(pem.indexOf(KEY) + KEY.length(), pem.indexOf("-----END PRIVATE"));
    byte[] certificates =
        pem.substring(pem.indexOf(CERTIFICATE)).getBytes(StandardCharsets.US_ASCII);
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificates))
            .toArray(new Certificate[0]);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "server",
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
        "changeit".toCharArray(),
        chain);
    return keys;
  }
}
