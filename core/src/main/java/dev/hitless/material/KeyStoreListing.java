package dev.hitless.material;

import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists all entries of a keystore, also those that {@link KeyStoreReader#read} leaves out because
 * no server can use them.
 *
 * <p>Stateless and thread-safe. The caller's arrays of passwords are neither kept nor changed.
 */
public final class KeyStoreListing {
  private KeyStoreListing() {}

  /**
   * Returns private keys and trusted certificates in the keystore's order; secret keys are left
   * out.
   *
   * @param content the keystore's bytes
   * @param type its type; PKCS12, JKS and JCEKS are told apart by content
   * @param storePassword null to skip the integrity check; JKS and JCEKS then still show their
   *     certificates, most PKCS12 files show none
   * @param keyPasswords further passwords of keys; the keystore's own is tried first
   * @throws MaterialException why the keystore cannot be read at all
   */
  public static List<StoredEntry> of(
      byte[] content, String type, char @Nullable [] storePassword, List<char[]> keyPasswords)
      throws MaterialException {
    KeyStore store = KeyStoreReader.load(content, type, null, storePassword);
    List<char[]> passwords = new ArrayList<>();
    if (storePassword != null) {
      passwords.add(storePassword);
    }
    passwords.addAll(keyPasswords);
    List<StoredEntry> entries = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          entries.add(new StoredEntry(alias, x509(store.getCertificate(alias)), null));
        } else {
          StoredKey key = key(store, alias, passwords);
          if (key != null) {
            entries.add(new StoredEntry(alias, x509(store.getCertificateChain(alias)), key));
          }
        }
      }
    } catch (KeyStoreException | RuntimeException e) {
      throw KeyStoreReader.damaged(e);
    }
    return entries;
  }

  /** Returns null for what is no private key. */
  private static @Nullable StoredKey key(KeyStore store, String alias, List<char[]> passwords)
      throws KeyStoreException {
    try {
      Key key = KeyStoreReader.key(store, alias, passwords);
      return key instanceof PrivateKey ? StoredKey.opened((PrivateKey) key, true) : null;
    } catch (MaterialException e) {
      return StoredKey.closed(e, true);
    }
  }

  private static List<X509Certificate> x509(Certificate @Nullable ... certificates) {
    List<X509Certificate> x509 = new ArrayList<>();
    if (certificates != null) {
      for (Certificate certificate : certificates) {
        if (certificate instanceof X509Certificate) {
          x509.add((X509Certificate) certificate);
        }
      }
    }
    return x509;
  }
}
