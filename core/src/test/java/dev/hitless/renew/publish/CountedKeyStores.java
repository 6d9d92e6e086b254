package dev.hitless.renew.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.Date;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a PKCS12 keystore is loaded. The JDK's own does it; what writes is left out. */
public final class CountedKeyStores extends Provider {
  private static final long serialVersionUID = 1L;
  static final AtomicInteger LOADS = new AtomicInteger();

  @SuppressWarnings("deprecation") // the constructor that Java 8 has
  CountedKeyStores() {
    super("CountedKeyStores", 1.0, "for tests");
    put("KeyStore.PKCS12", Counting.class.getName());
  }

  /** As a provider makes it. */
  public static final class Counting extends KeyStoreSpi {
    private final KeyStore store;

    /** As a provider makes it. */
    public Counting() throws GeneralSecurityException {
      store = KeyStore.getInstance("PKCS12");
    }

    private interface Question<T> {
      T ask() throws KeyStoreException;
    }

    private static <T> T answer(Question<T> question) {
      try {
        return question.ask();
      } catch (KeyStoreException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void engineLoad(InputStream stream, char[] password)
        throws IOException, NoSuchAlgorithmException, CertificateException {
      LOADS.incrementAndGet();
      store.load(stream, password);
    }

    @Override
    public Key engineGetKey(String alias, char[] password)
        throws NoSuchAlgorithmException, UnrecoverableKeyException {
      try {
        return store.getKey(alias, password);
      } catch (KeyStoreException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
      return answer(() -> store.getCertificateChain(alias));
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
      return answer(() -> store.getCertificate(alias));
    }

    @Override
    public Date engineGetCreationDate(String alias) {
      return answer(() -> store.getCreationDate(alias));
    }

    @Override
    public Enumeration<String> engineAliases() {
      return answer(store::aliases);
    }

    @Override
    public boolean engineContainsAlias(String alias) {
      return answer(() -> store.containsAlias(alias));
    }

    @Override
    public int engineSize() {
      return answer(store::size);
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
      return answer(() -> store.isKeyEntry(alias));
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
      return answer(() -> store.isCertificateEntry(alias));
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
      return answer(() -> store.getCertificateAlias(certificate));
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineDeleteEntry(String alias) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) {
      throw new UnsupportedOperationException();
    }
  }
}
