package dev.hitless.it.clients;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A way for programs to be TLS clients. */
enum Library {
  /** HttpsURLConnection. */
  URL(Spoken.HTTP),
  /** java.net.http. */
  HTTP(Spoken.HTTP),
  /** Apache HttpClient 5. */
  APACHE(Spoken.HTTP),
  OKHTTP(Spoken.HTTP),
  /** Nobody answers it, so that it keeps no connection. */
  KAFKA(Spoken.NONE),
  /** JNDI, over the JVM's default context. */
  LDAP(Spoken.LDAP),
  /** Netty with the JDK's TLS; has a server of its own. */
  GRPC(Spoken.NONE),
  /**
   * pgjdbc, which reads its files for each connection: hitless leaves it alone. On Java 8, by
   * itself, it shows nothing to servers that name no authorities, such as the one here.
   */
  POSTGRESQL(Spoken.POSTGRESQL);

  private static final int FIRST_WITH_HTTP_CLIENT = 11;

  private final Spoken spoken;

  Library(Spoken spoken) {
    this.spoken = spoken;
  }

  Spoken spoken() {
    return spoken;
  }

  /** The feature release of Java from which on there is such a client. */
  int since() {
    return this == HTTP || this == POSTGRESQL ? FIRST_WITH_HTTP_CLIENT : 8;
  }

  boolean holds() {
    return this != KAFKA;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The files that it reads its certificate and key from, in the order of their replacement. */
  Map<String, byte[]> files(Identity identity) throws GeneralSecurityException, IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (this == GRPC || this == POSTGRESQL) {
      files.put(this + ".crt", bytes(Pem.certificates(identity.chain())));
      files.put(
          this + (this == GRPC ? ".key" : ".pk8"),
          this == GRPC ? bytes(Pem.key(identity.key())) : identity.key().getEncoded());
    } else {
      Map<Slot, Identity> single = Map.of(Slot.SINGLE_EC.get(0), identity);
      files.put(this + ".p12", KeyFiles.PKCS12.write(single).get("server.p12"));
    }
    return files;
  }

  private static byte[] bytes(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }
}
