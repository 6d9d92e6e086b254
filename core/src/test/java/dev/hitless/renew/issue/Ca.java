package dev.hitless.renew.issue;

import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.testing.Pems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** CAs and old leaves with exactly the extensions that a test names. */
final class Ca {
  final KeyPair keys;
  final X500Name name;
  final List<X509Certificate> chain = new ArrayList<>();

  private Ca(KeyPair keys, String name) {
    this.keys = keys;
    this.name = new X500Name("CN=" + name);
  }

  /** A root; without extensions it gets those of an ordinary CA. */
  static Ca root(String name, KeyPair keys, Instant begin, Instant end, Extension... extensions)
      throws Exception {
    Ca ca = new Ca(keys, name);
    ca.chain.add(ca.sign(ca.name, keys, begin, end, extensions.length == 0 ? usual() : extensions));
    return ca;
  }

  /** A CA below this one. */
  Ca below(String name, KeyPair own, Instant begin, Instant end, Extension... extensions)
      throws Exception {
    Ca ca = new Ca(own, name);
    ca.chain.add(sign(ca.name, own, begin, end, extensions.length == 0 ? usual() : extensions));
    ca.chain.addAll(chain);
    return ca;
  }

  static Extension[] usual() throws IOException {
    return new Extension[] {
      Extension.create(Extension.basicConstraints, true, new BasicConstraints(true)),
      Extension.create(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
    };
  }

  /** Signs anything. */
  X509Certificate sign(
      X500Name subject, KeyPair own, Instant begin, Instant end, Extension... extensions)
      throws Exception {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(begin),
            Date.from(end),
            subject,
            KeyOids.info(own.getPublic()));
    for (Extension extension : extensions) {
      builder.addExtension(extension);
    }
    byte[] der = builder.build(JdkSigner.of(keys.getPrivate(), keys.getPublic())).getEncoded();
    return certificate(der);
  }

  static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  Identity identity() throws MaterialException {
    return Identity.of(keys.getPrivate(), chain);
  }

  /** Writes key and chain into one PEM file, for its owner alone. */
  Path write(Path file) throws Exception {
    Files.write(file, Pems.bytes(Pems.combined(identity())));
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  /** A chain of a leaf and what is above it. */
  List<X509Certificate> with(X509Certificate leaf) {
    List<X509Certificate> all = new ArrayList<>(Collections.singletonList(leaf));
    all.addAll(chain);
    return all;
  }
}
