package other;

import java.io.FileInputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.KeyStore;
import java.security.ProtectionDomain;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An agent that rewrites, to the same, every class it sees, and those first that matter to TLS. */
public final class RetransformingAgent {
  private RetransformingAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation)
      throws UnmodifiableClassException {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> type,
              ProtectionDomain domain,
              byte[] bytes) {
            return bytes.clone();
          }
        },
        true);
    instrumentation.retransformClasses(
        FileInputStream.class, KeyStore.class, KeyManagerFactory.class, SSLContext.class);
    System.out.println("retransformed");
  }
}
