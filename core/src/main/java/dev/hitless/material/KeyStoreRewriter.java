package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Replaces an entry in the JDK's own formats, JKS and JCEKS: the other entries stay encrypted as
 * they are, with their dates.
 */
final class KeyStoreRewriter {
  private KeyStoreRewriter() {}

  static byte[] rewrite(
      Location location,
      byte[] content,
      List<char[]> passwords,
      String alias,
      Identity next,
      Chains chains)
      throws MaterialException {
    char[] storePassword = passwords.get(0);
    KeyStore store =
        KeyStoreReader.load(
            content, String.valueOf(location.keyStoreType()), location.provider(), storePassword);
    try {
      char[] keyPassword = opens(store, alias, passwords);
      X509Certificate[] chain = chains.stored(next).toArray(new X509Certificate[0]);
      store.setKeyEntry(alias, next.key(), keyPassword, chain);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, storePassword);
      return bytes.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new MaterialException(Reason.UNSUPPORTED, "the JDK cannot write the keystore: " + e, e);
    }
  }

  private static char[] opens(KeyStore store, String alias, List<char[]> passwords)
      throws MaterialException, GeneralSecurityException {
    for (char[] password : passwords) {
      try {
        if (store.getKey(alias, password.clone()) != null) {
          return password;
        }
      } catch (java.security.UnrecoverableKeyException e) {
        // Another one, then; the last thing to try is to say so.
      }
    }
    throw new MaterialException(
        Reason.WRONG_PASSWORD, "no known password opens the key of " + alias, null);
  }
}
