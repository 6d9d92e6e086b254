package dev.hitless.renew;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;

/** Counts the ECDSA signatures that this thread makes and verifies, while it is open. */
public final class CountedSignatures extends Provider implements AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "SHA256withECDSA";
  private static final ThreadLocal<int[]> COUNTS = ThreadLocal.withInitial(() -> new int[2]);

  @SuppressWarnings("deprecation") // the constructor that Java 8 has
  CountedSignatures() {
    super("Counted", 1.0, "for tests");
    put("Signature." + NAME, Counting.class.getName());
    COUNTS.remove();
    Security.insertProviderAt(this, 1);
  }

  int made() {
    return COUNTS.get()[0];
  }

  int verified() {
    return COUNTS.get()[1];
  }

  @Override
  public void close() {
    Security.removeProvider(getName());
  }

  /** Has the JDK's own provider do it. */
  public static final class Counting extends SignatureSpi {
    private final Signature signature;

    /** As a provider makes it. */
    public Counting() throws GeneralSecurityException {
      signature = Signature.getInstance(NAME, "SunEC");
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      signature.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      signature.initSign(key);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      signature.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) throws SignatureException {
      signature.update(bytes, from, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      COUNTS.get()[0]++;
      return signature.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signed) throws SignatureException {
      COUNTS.get()[1]++;
      return signature.verify(signed);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }
}
