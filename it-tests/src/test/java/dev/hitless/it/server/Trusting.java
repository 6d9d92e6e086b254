package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.util.List;

/** Servers that ask for client certificates, and trust what {@code tls/trust.p12} holds. */
public final class Trusting {
  private Trusting() {}

  /** Tomcat 9 with a trust store. */
  public static Server tomcat() {
    return new Server(
        "tomcat-9-mutual",
        "tomcat-9",
        Catalog.from(8),
        KeyFiles.PKCS12,
        Slot.SINGLE,
        Talk.HTTP,
        List.of(Way.RENAME),
        place -> Tomcat.configure(place, Tomcat.mutual(place)));
  }

  /** The same, but it asks for no certificate. */
  public static Server openTomcat() {
    return new Server(
        "tomcat-9-open",
        "tomcat-9",
        Catalog.from(8),
        KeyFiles.PKCS12,
        Slot.SINGLE,
        Talk.HTTP,
        List.of(Way.RENAME),
        place -> Tomcat.configure(place, Tomcat.trusting(place, "none")));
  }
}
