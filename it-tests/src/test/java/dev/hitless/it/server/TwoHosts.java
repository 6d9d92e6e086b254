package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.util.List;

/** Servers with two host names, each with a certificate of its own; SNI chooses between them. */
public final class TwoHosts {
  private TwoHosts() {}

  /** Tomcat 9 with a context for each, which asks for no certificate but has a trust store. */
  public static Server tomcat() {
    return server(
        "tomcat-9",
        KeyFiles.PKCS12_EACH,
        place -> Tomcat.configure(place, Tomcat.trusting(place, "none")));
  }

  /** Netty with a context for each. */
  public static Server netty() {
    return server("netty", KeyFiles.PEM_PAIR, Plain::nettyOfTwoHosts);
  }

  /** Jetty 9, which chooses among the certificates of one context. */
  public static Server jetty() {
    return named("jetty-9-sni");
  }

  /** Another server, which has the first of these hosts alone. */
  public static Server one(String name) {
    Server known = named(name);
    return new Server(
        name,
        known.module(),
        known.jdks(),
        known.files(),
        Slot.SNI.subList(0, 1),
        known.talk(),
        known.ways(),
        known.launcher());
  }

  private static Server named(String name) {
    return Catalog.all().stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Server server(String module, KeyFiles files, Launcher launcher) {
    return new Server(
        module + "-two-hosts",
        module,
        Catalog.from(8),
        files,
        Slot.SNI,
        Talk.HTTP,
        List.of(Way.RENAME),
        launcher);
  }
}
