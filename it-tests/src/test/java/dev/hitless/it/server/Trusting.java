package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Servers that ask for client certificates, and trust what {@code tls/trust.p12} holds. */
public final class Trusting {
  /** Tomcat's logger of failed handshakes. */
  public static final String FAILED_HANDSHAKES = "org.apache.tomcat.util.net.NioEndpoint.handshake";

  private Trusting() {}

  /** Tomcat 9 with a trust store. */
  public static Server tomcat() {
    return tomcat("tomcat-9-mutual", place -> Tomcat.configure(place, Tomcat.mutual(place)));
  }

  /** The same with OpenSSL, by its native library. */
  public static Server tomcatWithOpenssl() {
    return tomcat("tomcat-9-openssl-mutual", place -> Tomcat.openssl(place, Tomcat.mutual(place)));
  }

  /**
   * Tomcat 9 with a trust store, which ends each connection after one answer, and logs each failed
   * handshake.
   */
  public static Server tomcatWithoutKeepAlive() {
    return tomcat(
        "tomcat-9-storm",
        place -> {
          List<String> command =
              Tomcat.configure(place, Tomcat.mutual(place), "maxKeepAliveRequests='1'");
          Files.writeString(
              place.folder().resolve("conf/logging.properties"),
              "\n" + FAILED_HANDSHAKES + ".level = FINE\n",
              StandardOpenOption.APPEND);
          return command;
        });
  }

  private static Server tomcat(String name, Launcher launcher) {
    return new Server(
        name,
        "tomcat-9",
        Catalog.from(8),
        KeyFiles.PKCS12,
        Slot.SINGLE,
        Talk.HTTP,
        List.of(Way.RENAME),
        launcher);
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
