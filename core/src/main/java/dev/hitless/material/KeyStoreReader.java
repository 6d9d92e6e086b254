package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads keystores: PKCS12, JKS and JCEKS by what they are, other types by their name.
 *
 * <p>Stateless and thread-safe. The caller's arrays of passwords are neither kept nor changed.
 */
public final class KeyStoreReader {
  private KeyStoreReader() {}

  /**
   * Reads every private key with its chain.
   *
   * <p>An entry that cannot be read (another password, a key of another certificate) is left out as
   * long as a good one remains: a server may have lived with it for years.
   *
   * @param content the keystore's bytes
   * @param type the type that the server named; content of the three formats above is read as what
   *     it is, whatever is named here
   * @param provider the provider to ask for {@code type}; null for the JDK's order
   * @param storePassword the keystore's password; null to skip the integrity check
   * @param keyPasswords further passwords of keys; the keystore's own is tried first
   * @return identities by alias, never empty, in the keystore's order
   * @throws MaterialException why there is none; {@code WRONG_PASSWORD} also stands for damage that
   *     a JDK cannot tell from it
   */
  public static Map<String, Identity> read(
      byte[] content,
      String type,
      @Nullable Provider provider,
      char @Nullable [] storePassword,
      List<char[]> keyPasswords)
      throws MaterialException {
    KeyStore store = load(content, type, provider, storePassword);
    List<char[]> passwords = new ArrayList<>();
    if (storePassword != null) {
      passwords.add(storePassword);
    }
    passwords.addAll(keyPasswords);
    Map<String, Identity> identities = new LinkedHashMap<>();
    MaterialException problem = null;
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (!store.isKeyEntry(alias)) {
          continue;
        }
        try {
          Identity identity = identity(store, alias, passwords);
          if (identity != null) {
            identities.put(alias, identity);
          }
        } catch (MaterialException e) {
          problem = problem == null ? e : problem;
        }
      }
    } catch (KeyStoreException | RuntimeException e) {
      throw damaged(e);
    }
    if (!identities.isEmpty()) {
      return identities;
    }
    throw problem != null
        ? problem
        : new MaterialException(Reason.NO_KEY, "the keystore holds no private key", null);
  }

  /**
   * Returns the fingerprint of the leaf of every private-key entry by alias, without opening a key;
   * empty if there is none.
   *
   * <p>JKS and JCEKS show their certificates without a password; most PKCS12 files do not.
   *
   * @throws MaterialException as {@link #read} does for the keystore itself
   */
  public static Map<String, Fingerprint> leaves(
      byte[] content, String type, @Nullable Provider provider, char @Nullable [] storePassword)
      throws MaterialException {
    KeyStore store = load(content, type, provider, storePassword);
    Map<String, Fingerprint> leaves = new LinkedHashMap<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        Certificate leaf = store.isKeyEntry(alias) ? store.getCertificate(alias) : null;
        if (leaf != null) {
          leaves.put(alias, Fingerprint.of(leaf));
        }
      }
    } catch (KeyStoreException | RuntimeException e) {
      throw damaged(e);
    }
    return leaves;
  }

  static KeyStore load(
      byte[] content, String type, @Nullable Provider provider, char @Nullable [] password)
      throws MaterialException {
    Format format = Format.of(content);
    DerHeader outer = DerHeader.at(content, 0);
    if (content.length == 0
        || (format == Format.PKCS12 && outer != null && outer.end > content.length)) {
      throw new MaterialException(Reason.MALFORMED, "the keystore ends early", null);
    }
    boolean asNamed = !format.isKeyStore() || names(type, format);
    String actual = asNamed ? type : format.name();
    try {
      KeyStore store =
          asNamed && provider != null
              ? KeyStore.getInstance(actual, provider)
              : KeyStore.getInstance(actual);
      store.load(new ByteArrayInputStream(content), password);
      return store;
    } catch (KeyStoreException e) {
      throw new MaterialException(
          Reason.UNSUPPORTED, "this Java platform has no keystore type " + actual, e);
    } catch (IOException | GeneralSecurityException e) {
      throw loadProblem(e);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private static boolean names(String type, Format format) {
    String upper = type.toUpperCase(Locale.ROOT);
    return upper.equals(format.name()) || (format == Format.JKS && upper.equals("CASEEXACTJKS"));
  }

  private static MaterialException loadProblem(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnrecoverableKeyException
          || cause instanceof javax.crypto.BadPaddingException) {
        return new MaterialException(
            Reason.WRONG_PASSWORD,
            "the password does not open the keystore (or the file is damaged)",
            problem);
      }
      if (cause instanceof NoSuchAlgorithmException) {
        return new MaterialException(
            Reason.UNSUPPORTED,
            "the keystore needs an algorithm that this Java platform lacks: " + cause.getMessage(),
            problem);
      }
    }
    return damaged(problem);
  }

  private static MaterialException damaged(Throwable cause) {
    return new MaterialException(
        Reason.MALFORMED, "the keystore is damaged or incomplete: " + cause, cause);
  }

  /** Returns an entry's identity; null if the entry is no private key at all. */
  private static @Nullable Identity identity(KeyStore store, String alias, List<char[]> passwords)
      throws MaterialException, KeyStoreException {
    Certificate[] chain = store.getCertificateChain(alias);
    if (chain == null || chain.length == 0) {
      // A secret key, or a private key without certificate; a server can serve neither.
      return null;
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : chain) {
      if (certificate instanceof X509Certificate) {
        certificates.add((X509Certificate) certificate);
      }
    }
    Key key = key(store, alias, passwords);
    return key instanceof PrivateKey ? Identity.of((PrivateKey) key, certificates) : null;
  }

  private static @Nullable Key key(KeyStore store, String alias, List<char[]> passwords)
      throws MaterialException, KeyStoreException {
    List<char[]> candidates = new ArrayList<>(passwords);
    candidates.add(new char[0]);
    Throwable problem = null;
    for (char[] password : candidates) {
      try {
        return store.getKey(alias, Arrays.copyOf(password, password.length));
      } catch (NoSuchAlgorithmException e) {
        throw new MaterialException(
            Reason.UNSUPPORTED,
            "the key of "
                + alias
                + " needs an algorithm that this Java platform lacks: "
                + e.getMessage(),
            e);
      } catch (UnrecoverableKeyException | RuntimeException e) {
        problem = e;
      }
    }
    throw new MaterialException(
        Reason.WRONG_PASSWORD, "the password does not open the key of " + alias, problem);
  }
}
