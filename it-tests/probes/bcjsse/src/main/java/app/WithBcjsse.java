package app;

import java.lang.reflect.Method;
import java.security.Security;
import java.util.Arrays;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * Runs a program whose TLS is Bouncy Castle's: that provider is asked before the JDK's, as if
 * {@code java.security} said so. Arguments: the program's main class, and its own arguments.
 */
public final class WithBcjsse {
  private WithBcjsse() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Security.insertProviderAt(new BouncyCastleProvider(), 1);
    Security.insertProviderAt(new BouncyCastleJsseProvider(), 2);
    Security.setProperty("ssl.KeyManagerFactory.algorithm", "PKIX");
    Security.setProperty("ssl.TrustManagerFactory.algorithm", "PKIX");
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }
}
