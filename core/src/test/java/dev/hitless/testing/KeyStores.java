package dev.hitless.testing;

import dev.hitless.material.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;

/** Writes keystores for tests. */
public final class KeyStores {
  private KeyStores() {}

  /** Returns a PKCS12 keystore of one entry; the key has the keystore's password. */
  public static byte[] pkcs12(String alias, Identity identity, String password) {
    return of("PKCS12", Collections.singletonMap(alias, identity), password, password);
  }

  /** Returns a keystore of one entry; the key has the keystore's password. */
  public static byte[] of(String type, String alias, Identity identity, String password) {
    return of(type, Collections.singletonMap(alias, identity), password, password);
  }

  /** Returns a keystore. */
  public static byte[] of(
      String type, Map<String, Identity> entries, String storePassword, String keyPassword) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (Map.Entry<String, Identity> entry : entries.entrySet()) {
        Identity identity = entry.getValue();
        store.setKeyEntry(
            entry.getKey(), identity.key(), keyPassword.toCharArray(), identity.chainArray());
      }
      return bytes(store, storePassword);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a keystore of trusted certificates. */
  public static KeyStore trusting(String type, X509Certificate... certificates) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (int i = 0; i < certificates.length; i++) {
        store.setCertificateEntry("ca-" + i, certificates[i]);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a keystore as its file's bytes. */
  public static byte[] bytes(KeyStore store, String password) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
