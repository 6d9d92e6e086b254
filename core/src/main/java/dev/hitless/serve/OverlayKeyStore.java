package dev.hitless.serve;

import dev.hitless.material.Identity;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's own KeyStore with some private-key entries replaced: same aliases, same order, same
 * type. Read-only, kept in memory, so that no key of ours is ever encrypted or decrypted.
 *
 * <p>Thread-safe, as far as the server's KeyStore is.
 */
final class OverlayKeyStore extends KeyStore {
  private OverlayKeyStore(KeyStore below, Map<String, Identity> replaced) {
    super(new Spi(below, replaced), below.getProvider(), below.getType());
  }

  /**
   * Lays identities over the entries of the same alias.
   *
   * @param below the server's own KeyStore, initialised
   * @param replaced by alias
   */
  static KeyStore over(KeyStore below, Map<String, Identity> replaced) {
    try {
      OverlayKeyStore overlay = new OverlayKeyStore(below, replaced);
      overlay.load(null, null);
      return overlay;
    } catch (java.io.IOException
        | NoSuchAlgorithmException
        | java.security.cert.CertificateException e) {
      throw new IllegalStateException("loading nothing cannot fail", e);
    }
  }

  private static final class Spi extends KeyStoreSpi {
    private final KeyStore below;
    private final Map<String, Identity> replaced;

    Spi(KeyStore below, Map<String, Identity> replaced) {
      this.below = below;
      this.replaced = replaced;
    }

    private interface Question<T> {
      T of(KeyStore below) throws KeyStoreException;
    }

    private <T> T ask(Question<T> question) {
      try {
        return question.of(below);
      } catch (KeyStoreException e) {
        throw new IllegalStateException("the server's KeyStore is not initialised", e);
      }
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password)
        throws NoSuchAlgorithmException, UnrecoverableKeyException {
      Identity identity = replaced.get(alias);
      if (identity != null) {
        return identity.key();
      }
      try {
        return below.getKey(alias, password);
      } catch (KeyStoreException e) {
        throw new IllegalStateException("the server's KeyStore is not initialised", e);
      }
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
      Identity identity = replaced.get(alias);
      return identity != null ? identity.chainArray() : ask(s -> s.getCertificateChain(alias));
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
      Identity identity = replaced.get(alias);
      return identity != null ? identity.leaf() : ask(s -> s.getCertificate(alias));
    }

    @Override
    public Date engineGetCreationDate(String alias) {
      return ask(s -> s.getCreationDate(alias));
    }

    @Override
    public Enumeration<String> engineAliases() {
      return Collections.enumeration(Collections.list(ask(KeyStore::aliases)));
    }

    @Override
    public boolean engineContainsAlias(String alias) {
      return ask(s -> s.containsAlias(alias));
    }

    @Override
    public int engineSize() {
      return ask(KeyStore::size);
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
      return replaced.containsKey(alias) || ask(s -> s.isKeyEntry(alias));
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
      return !replaced.containsKey(alias) && ask(s -> s.isCertificateEntry(alias));
    }

    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
      for (Map.Entry<String, Identity> entry : replaced.entrySet()) {
        if (entry.getValue().leaf().equals(certificate)) {
          return entry.getKey();
        }
      }
      String alias = ask(s -> s.getCertificateAlias(certificate));
      return alias != null && replaced.containsKey(alias) ? null : alias;
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
      throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
      throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {
      throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void engineDeleteEntry(String alias) {
      throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) {
      throw new UnsupportedOperationException("read-only");
    }

    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) {
      // The entries are there from the start.
    }
  }
}
