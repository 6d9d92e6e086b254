package demo;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * A demo CA and the certificates that it signed, made by the JDK's keytool before the demo begins:
 * {@code ca.pem}, its key in {@code ca.p12}, and for each certificate a keystore such as a server
 * has, {@code 0.p12} and so on, which holds one key with its chain.
 */
final class Certificates {
  static final char[] PASSWORD = "changeit".toCharArray();

  private Certificates() {}

  /**
   * Arguments: the folder to write to, how many certificates follow the first, and how many of 90
   * days they are old; without the last, they are new and live for a day.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int last = Integer.parseInt(args[1]);
    boolean old = args.length > 2;
    String issued = old ? "-" + args[2] + "d" : "-0d";
    String days = old ? "90" : "1";
    empty(folder);
    Path all = folder.resolve("all.p12");
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream())); // keytool tells what it makes
    try {
      key(
          all,
          "ca",
          "CN=" + System.getProperty("demo.ca", "hitless demo CA"),
          "-ext",
          "bc:c=ca:true",
          "-ext",
          "ku:c=keyCertSign",
          "-startdate",
          "-365d",
          "-validity",
          "3650");
      keytool(all, "-exportcert", "-alias", "ca", "-rfc", "-file", folder.resolve("ca.pem") + "");
      for (int i = 0; i <= last; i++) {
        String names = "san=dns:localhost,ip:127.0.0.1";
        key(
            all,
            "" + i,
            "CN=certificate " + i,
            "-signer",
            "ca",
            "-ext",
            names,
            "-startdate",
            issued,
            "-validity",
            days);
      }
    } finally {
      System.setErr(err);
    }
    for (int i = 0; i <= last; i++) {
      write(folder.resolve(i + ".p12"), load(all), "" + i);
    }
    write(folder.resolve("ca.p12"), load(all), "ca"); // trusted by nobody but the demo's client
    Files.delete(all);
  }

  /** A P-256 key with a certificate. */
  private static void key(Path store, String alias, String name, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", name));
    args.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    args.addAll(List.of(more));
    keytool(store, args.toArray(String[]::new));
  }

  /** Runs keytool, in this JVM: two dozen of its own would take as long as the demo. */
  private static void keytool(Path store, String... command) throws Exception {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    args.addAll(List.of("-storepass", new String(PASSWORD)));
    sun.security.tools.keytool.Main.main(args.toArray(String[]::new));
  }

  private static void write(Path file, KeyStore all, String alias) throws Exception {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    Certificate[] chain = all.getCertificateChain(alias);
    one.setKeyEntry("server", all.getKey(alias, PASSWORD), PASSWORD, chain);
    try (OutputStream out = Files.newOutputStream(file)) {
      one.store(out, PASSWORD);
    }
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void empty(Path folder) throws Exception {
    Files.createDirectories(folder);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Returns the fingerprint of the one certificate with a key in a keystore. */
  static String fingerprint(Path keystore) throws Exception {
    KeyStore store = load(keystore);
    return fingerprint(store.getCertificate(Collections.list(store.aliases()).get(0)));
  }

  /** Returns the SHA-256 of a certificate: what names it in every log. */
  static String fingerprint(Certificate certificate) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.of().formatHex(digest);
  }
}
