package app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;

/**
 * A TLS server whose key never leaves its token, as with PKCS#11: the key has no encoding and only
 * the token's own provider signs with it. The token is filled with the program's own resource.
 */
public final class TokenServer {
  private static final char[] PIN = "changeit".toCharArray();

  private TokenServer() {}

  public static void main(String[] args) throws Exception {
    Security.addProvider(new Token());
    KeyStore keys = KeyStore.getInstance("TOKEN");
    keys.load(null, PIN);
    TlsServer.listen(keys);
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  private static final class Token extends Provider {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("deprecation") // the other constructor is newer than Java 8
    Token() {
      super("Token", 1.0, "a token without hardware");
      put("KeyStore.TOKEN", Slots.class.getName());
      for (String digest : new String[] {"SHA256", "SHA384", "SHA512"}) {
        putService(new Signing(this, digest + "withECDSA"));
      }
    }
  }

  private static final class Signing extends Provider.Service {
    Signing(Provider provider, String algorithm) {
      super(provider, "Signature", algorithm, OnToken.class.getName(), null, null);
    }

    @Override
    public Object newInstance(Object parameter) {
      return new OnToken(getAlgorithm());
    }

    @Override
    public boolean supportsParameter(Object parameter) {
      return parameter instanceof Handle;
    }
  }

  /** What the token gives out instead of its key. */
  private static final class Handle implements PrivateKey {
    private static final long serialVersionUID = 1L;
    private final transient PrivateKey inside;

    Handle(PrivateKey inside) {
      this.inside = inside;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  private static final class OnToken extends SignatureSpi {
    private final String algorithm;
    private Signature signature;

    OnToken(String algorithm) {
      this.algorithm = algorithm;
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      if (!(key instanceof Handle)) {
        throw new InvalidKeyException("not of this token");
      }
      try {
        signature = Signature.getInstance(algorithm);
        signature.initSign(((Handle) key).inside);
      } catch (NoSuchAlgorithmException e) {
        throw new InvalidKeyException(e);
      }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      throw new InvalidKeyException("the token only signs");
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      signature.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
      signature.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      return signature.sign();
    }

    @Override
    protected boolean engineVerify(byte[] bytes) throws SignatureException {
      throw new SignatureException("the token only signs");
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  /** The token's one entry. */
  public static final class Slots extends KeyStoreSpi {
    private Key key;
    private Certificate[] chain;

    @Override
    public void engineLoad(InputStream none, char[] pin) throws IOException {
      try (InputStream in = TokenServer.class.getResourceAsStream("/server.p12")) {
        KeyStore inside = KeyStore.getInstance("PKCS12");
        inside.load(in, pin);
        String alias = inside.aliases().nextElement();
        key = new Handle((PrivateKey) inside.getKey(alias, pin));
        chain = inside.getCertificateChain(alias);
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }

    @Override
    public Key engineGetKey(String alias, char[] password) {
      return key;
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
      return chain[0];
    }

    @Override
    public Date engineGetCreationDate(String alias) {
      return null;
    }

    @Override
    public Enumeration<String> engineAliases() {
      return Collections.enumeration(Collections.singleton("slot"));
    }

    @Override
    public boolean engineContainsAlias(String alias) {
      return alias.equals("slot");
    }

    @Override
    public int engineSize() {
      return 1;
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
      return true;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
      return false;
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
      return certificate.equals(chain[0]) ? "slot" : null;
    }

    @Override
    public void engineSetKeyEntry(String a, Key k, char[] p, Certificate[] c) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetKeyEntry(String a, byte[] k, Certificate[] c) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetCertificateEntry(String a, Certificate c) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineDeleteEntry(String a) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void engineStore(OutputStream out, char[] password) {
      throw new UnsupportedOperationException();
    }
  }
}
