package app;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.util.Date;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.tinylog.Logger;

/**
 * A server that uses the libraries that hitless has inside, in other versions, and tells where each
 * came from.
 */
public final class OwnLibraries {
  private OwnLibraries() {}

  public static void main(String[] args) throws Exception {
    byteBuddy();
    bouncyCastle();
    Logger.info("the application's own line");
    from(Logger.class);
    TlsServer.main(args);
  }

  private static void byteBuddy() throws ReflectiveOperationException {
    Object made =
        new ByteBuddy()
            .subclass(Object.class)
            .method(ElementMatchers.named("toString"))
            .intercept(FixedValue.value("made by Byte Buddy"))
            .make()
            .load(OwnLibraries.class.getClassLoader())
            .getLoaded()
            .getDeclaredConstructor()
            .newInstance();
    System.out.println(made);
    from(ByteBuddy.class);
  }

  private static void bouncyCastle()
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Security.addProvider(new BouncyCastleProvider());
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "BC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Name name = new X500Name("CN=own");
    Date now = new Date();
    X509CertificateHolder certificate =
        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, now, now, name, keys.getPublic())
            .build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider("BC")
                    .build(keys.getPrivate()));
    System.out.println("signed by Bouncy Castle " + certificate.getSubject());
    from(BouncyCastleProvider.class);
    from(JcaX509v3CertificateBuilder.class);
  }

  private static void from(Class<?> type) {
    String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    System.out.println("from " + path.substring(path.lastIndexOf('/') + 1));
  }
}
