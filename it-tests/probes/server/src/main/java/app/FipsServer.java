package app;

import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/**
 * A TLS server in a JVM whose SunJSSE runs in FIPS mode: it takes all cryptography, and the
 * keystore, from one named provider. The JVM's own list of providers has no SunJSSE.
 */
public final class FipsServer {
  private FipsServer() {}

  public static void main(String[] args) throws Exception {
    Security.addProvider(new Certified());
    Security.addProvider(
        (Provider)
            Class.forName("com.sun.net.ssl.internal.ssl.Provider")
                .getConstructor(String.class)
                .newInstance("Certified"));
    KeyStore keys = KeyStore.getInstance("PKCS12", "Certified");
    try (InputStream in = new FileInputStream(args[0])) {
      keys.load(in, "changeit".toCharArray());
    }
    TlsServer.listen(keys);
    System.out.println("SunJSSE: " + Security.getProvider("SunJSSE").getInfo());
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  /** Stands for a certified module; what it does is done by the JDK's own. */
  private static final class Certified extends Provider {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("deprecation") // the other constructor is newer than Java 8
    Certified() {
      super("Certified", 1.0, "the JDK's own cryptography under one name");
      for (String name : new String[] {"SUN", "SunRsaSign", "SunEC", "SunJCE"}) {
        for (Service service : Security.getProvider(name).getServices()) {
          putService(new Forwarded(this, service));
        }
      }
      if (getService("KeyStore", "PKCS12") == null) { // in Java 8 it belongs to SunJSSE
        put("KeyStore.PKCS12", "sun.security.pkcs12.PKCS12KeyStore");
      }
    }
  }

  private static final class Forwarded extends Provider.Service {
    private final Provider.Service to;

    Forwarded(Provider provider, Provider.Service to) {
      super(provider, to.getType(), to.getAlgorithm(), to.getClassName(), null, null);
      this.to = to;
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      return to.newInstance(parameter);
    }

    @Override
    public boolean supportsParameter(Object parameter) {
      return to.supportsParameter(parameter);
    }
  }
}
