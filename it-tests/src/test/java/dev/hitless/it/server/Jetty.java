package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.util.List;

/** Eclipse Jetty from its zip, with a {@code jetty.base} that switches on nothing but https. */
final class Jetty {

  private Jetty() {}

  static List<Server> servers() {
    return List.of(
        server("jetty-9", "jetty-9", 8, Slot.SINGLE, List.of(Way.RENAME, Way.RECREATE)),
        server("jetty-9-sni", "jetty-9", 8, Slot.SNI, List.of(Way.SYMLINK, Way.RENAME)),
        server("jetty-12", "jetty-12", 17, Slot.SINGLE, List.of(Way.KUBERNETES, Way.RECREATE)),
        server("jetty-12-sni", "jetty-12", 17, Slot.SNI, List.of(Way.RENAME, Way.IN_PLACE)));
  }

  private static Server server(
      String name, String module, int fromJdk, List<Slot> slots, List<Way> ways) {
    return new Server(
        name,
        module,
        Catalog.from(fromJdk),
        KeyFiles.PKCS12,
        slots,
        Talk.HTTP,
        ways,
        Jetty::configure);
  }

  private static List<String> configure(Place place) throws IOException {
    place.write(
        "start.d/https.ini",
        """
        --module=https
        jetty.ssl.host=127.0.0.1
        jetty.ssl.port=%1$d
        jetty.sslContext.keyStorePath=tls/server.p12
        jetty.sslContext.keyStoreType=PKCS12
        jetty.sslContext.keyStorePassword=%2$s
        jetty.sslContext.keyManagerPassword=%2$s
        jetty.sslContext.trustStorePath=tls/server.p12
        jetty.sslContext.trustStoreType=PKCS12
        jetty.sslContext.trustStorePassword=%2$s
        """
            .formatted(place.port(), KeyFiles.PASSWORD));
    return List.of(
        "-jar", place.home().resolve("start.jar").toString(), "jetty.base=" + place.folder());
  }
}
