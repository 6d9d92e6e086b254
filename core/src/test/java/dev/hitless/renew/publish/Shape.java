package dev.hitless.renew.publish;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways in which an identity lies on disk. */
enum Shape {
  /** Chain and key. */
  PEM_PAIR,
  /** Leaf, rest of the chain, key. */
  PEM_OF_THREE,
  /** Chain in one directory, key in another. */
  PEM_IN_TWO_DIRECTORIES,
  /** Key and chain in one file. */
  COMBINED_PEM,
  /** Chain and an encrypted key. */
  ENCRYPTED_PEM,
  /** Leaf and key as DER. */
  DER_PAIR,
  /** A keystore of each type. */
  PKCS12,
  JKS,
  JCEKS;

  static final String PASSWORD = "pass-of-the-store";
  private static final String ALIAS = "server";

  /** Returns the files by their path below a directory, with an identity in them. */
  Map<String, byte[]> files(Identity identity) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] chain = Pems.bytes(Pems.chain(identity));
    byte[] key = Pems.bytes(Pems.key(identity));
    switch (this) {
      case PEM_PAIR:
        files.put("tls.crt", chain);
        files.put("tls.key", key);
        break;
      case PEM_OF_THREE:
        files.put("cert.pem", Pems.bytes(Pems.certificates(identity.leaf())));
        files.put(
            "chain.pem",
            Pems.bytes(Pems.certificates(identity.chain().subList(1, identity.chain().size()))));
        files.put("key.pem", key);
        break;
      case PEM_IN_TWO_DIRECTORIES:
        files.put("certs/tls.crt", chain);
        files.put("private/tls.key", key);
        break;
      case COMBINED_PEM:
        files.put("server.pem", Pems.bytes(Pems.combined(identity)));
        break;
      case ENCRYPTED_PEM:
        files.put("tls.crt", chain);
        files.put("tls.key", Pems.bytes(Pems.encryptedKey(identity, PASSWORD)));
        break;
      case DER_PAIR:
        files.put("tls.der", encoded(identity));
        files.put("key.der", identity.key().getEncoded());
        break;
      default:
        files.put("keystore", KeyStores.of(name(), ALIAS, identity, PASSWORD));
        break;
    }
    return files;
  }

  /** Returns the paths of the files below a directory. */
  private List<String> names() {
    switch (this) {
      case PEM_PAIR:
      case ENCRYPTED_PEM:
        return Arrays.asList("tls.crt", "tls.key");
      case PEM_OF_THREE:
        return Arrays.asList("cert.pem", "chain.pem", "key.pem");
      case PEM_IN_TWO_DIRECTORIES:
        return Arrays.asList("certs/tls.crt", "private/tls.key");
      case COMBINED_PEM:
        return Collections.singletonList("server.pem");
      case DER_PAIR:
        return Arrays.asList("tls.der", "key.der");
      default:
        return Collections.singletonList("keystore");
    }
  }

  /** Returns the target, with its files below a directory. */
  Target target(Path directory) {
    List<Path> files = new ArrayList<>();
    for (String name : names()) {
      files.add(directory.resolve(name));
    }
    char[] password = PASSWORD.toCharArray();
    if (!isKeyStore()) {
      return new Target(Location.pem(files, Collections.singletonList(password)), "pem-0");
    }
    return new Target(
        Location.keyStore(files.get(0), name(), null, password, Collections.emptyList()), ALIAS);
  }

  boolean isKeyStore() {
    return Arrays.asList(PKCS12, JKS, JCEKS).contains(this);
  }

  private static byte[] encoded(Identity identity) {
    try {
      return identity.leaf().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
