package dev.hitless.it;

import dev.hitless.it.cert.Ask;
import dev.hitless.it.cert.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A second opinion from another TLS implementation, where it is installed: {@code openssl
 * s_client}.
 */
public final class Openssl {
  private static final Map<Ask, List<String>> RESTRICTION =
      Map.of(
          Ask.ANY, List.of(),
          Ask.RSA, List.of("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"),
          Ask.EC, List.of("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"));

  private Openssl() {}

  public static boolean isInstalled() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, "openssl"))) {
        return true;
      }
    }
    if ("full".equals(System.getenv("HITLESS_IT"))) {
      throw new IllegalStateException("openssl is not installed, and HITLESS_IT=full needs it");
    }
    return false;
  }

  /** The fingerprint of the leaf that the server presents, or what openssl said instead. */
  public static String fingerprint(int port, Slot slot)
      throws IOException, InterruptedException, GeneralSecurityException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", slot.host()));
    command.addAll(RESTRICTION.get(slot.ask()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(5, TimeUnit.SECONDS);
    int begin = output.indexOf("-----BEGIN CERTIFICATE-----");
    if (begin < 0) {
      return "openssl saw no certificate: " + output;
    }
    InputStream pem =
        new ByteArrayInputStream(output.substring(begin).getBytes(StandardCharsets.UTF_8));
    byte[] leaf = CertificateFactory.getInstance("X.509").generateCertificate(pem).getEncoded();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf));
  }
}
