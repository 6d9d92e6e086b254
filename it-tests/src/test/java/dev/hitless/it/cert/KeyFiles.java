package dev.hitless.it.cert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a server keeps its identities in files. */
public enum KeyFiles {
  /** All identities in {@code server.p12}, each under its slot's name. */
  PKCS12("PKCS12", ".p12") {
    @Override
    public Map<String, byte[]> write(Map<Slot, Identity> identities)
        throws GeneralSecurityException, IOException {
      return Map.of("server.p12", keystore(identities));
    }
  },
  /** The same in {@code server.jks}. */
  JKS("JKS", ".jks") {
    @Override
    public Map<String, byte[]> write(Map<Slot, Identity> identities)
        throws GeneralSecurityException, IOException {
      return Map.of("server.jks", keystore(identities));
    }
  },
  /** A keystore for each slot: {@code <slot>.p12}. */
  PKCS12_EACH("PKCS12", ".p12") {
    @Override
    public Map<String, byte[]> write(Map<Slot, Identity> identities)
        throws GeneralSecurityException, IOException {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (Map.Entry<Slot, Identity> each : identities.entrySet()) {
        files.put(each.getKey().name() + ".p12", keystore(Map.of(each.getKey(), each.getValue())));
      }
      return files;
    }
  },
  /** {@code <slot>.crt} with the chain and {@code <slot>.key}, the certificate first. */
  PEM_PAIR("PEM", ".crt") {
    @Override
    public Map<String, byte[]> write(Map<Slot, Identity> identities)
        throws GeneralSecurityException {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (Map.Entry<Slot, Identity> each : identities.entrySet()) {
        String name = each.getKey().name();
        files.put(name + ".crt", Pem.bytes(Pem.certificates(each.getValue().chain())));
        files.put(name + ".key", Pem.bytes(Pem.key(each.getValue().key())));
      }
      return files;
    }
  },
  /**
   * {@code <slot>.crt}, {@code <slot>.key}, and the rest of the chain in {@code <slot>-chain.crt}.
   */
  PEM_APART("PEM", ".crt") {
    @Override
    public Map<String, byte[]> write(Map<Slot, Identity> identities)
        throws GeneralSecurityException {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (Map.Entry<Slot, Identity> each : identities.entrySet()) {
        String name = each.getKey().name();
        List<X509Certificate> chain = each.getValue().chain();
        files.put(name + ".crt", Pem.bytes(Pem.certificates(chain.subList(0, 1))));
        files.put(name + "-chain.crt", Pem.bytes(Pem.certificates(chain.subList(1, chain.size()))));
        files.put(name + ".key", Pem.bytes(Pem.key(each.getValue().key())));
      }
      return files;
    }
  },
  /** Key and chain in one file: {@code <slot>.pem}. */
  PEM_ONE("PEM", ".pem") {
    @Override
    public Map<String, byte[]> write(Map<Slot, Identity> identities)
        throws GeneralSecurityException {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (Map.Entry<Slot, Identity> each : identities.entrySet()) {
        Identity identity = each.getValue();
        files.put(
            each.getKey().name() + ".pem",
            Pem.bytes(Pem.key(identity.key()) + Pem.certificates(identity.chain())));
      }
      return files;
    }
  };

  /** Of every keystore and of every key in one. */
  public static final String PASSWORD = "changeit";

  private final String type;
  private final String suffix;

  KeyFiles(String type, String suffix) {
    this.type = type;
    this.suffix = suffix;
  }

  /** What the server calls this format, as in {@code KeyStore.getInstance}. */
  public String type() {
    return type;
  }

  /** The ending of the file that holds the certificate. */
  public String suffix() {
    return suffix;
  }

  /** The files by name, in the order in which they are to be replaced. */
  public abstract Map<String, byte[]> write(Map<Slot, Identity> identities)
      throws GeneralSecurityException, IOException;

  byte[] keystore(Map<Slot, Identity> identities) throws GeneralSecurityException, IOException {
    KeyStore keyStore = KeyStore.getInstance(type);
    keyStore.load(null, null);
    for (Map.Entry<Slot, Identity> each : identities.entrySet()) {
      keyStore.setKeyEntry(
          each.getKey().name(),
          each.getValue().key(),
          PASSWORD.toCharArray(),
          each.getValue().chain().toArray(new X509Certificate[0]));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    keyStore.store(out, PASSWORD.toCharArray());
    return out.toByteArray();
  }
}
