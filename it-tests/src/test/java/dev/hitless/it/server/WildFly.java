package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * WildFly from its zip, with an Elytron key-store behind the https listener, started as {@code
 * standalone.sh} starts it.
 */
final class WildFly {
  /** What {@code common.sh} opens on a JDK with modules. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.security",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.management/javax.management",
          "java.naming/javax.naming");

  private WildFly() {}

  static List<Server> servers() {
    return List.of(
        new Server(
            "wildfly-26",
            "wildfly",
            List.of(8, 11, 17, 21),
            KeyFiles.PKCS12,
            Slot.SINGLE,
            Talk.HTTP,
            List.of(Way.RENAME, Way.IN_PLACE),
            WildFly::configure));
  }

  private static List<String> configure(Place place) throws IOException {
    Path home = place.home();
    place.copyResource("wildfly/standalone.xml", "configuration/standalone.xml");
    Path logging = home.resolve("standalone/configuration/logging.properties");
    place.copy(logging, "configuration/logging.properties");
    List<String> command = new ArrayList<>();
    if (place.jdk().feature() > 8) {
      OPENED.forEach(each -> command.add("--add-opens=" + each + "=ALL-UNNAMED"));
    }
    command.addAll(
        List.of(
            "-Djava.net.preferIPv4Stack=true",
            "-Djboss.modules.system.pkgs=org.jboss.byteman",
            "-Djava.awt.headless=true",
            "-Dorg.jboss.boot.log.file=" + place.folder().resolve("log/server.log"),
            "-Dlogging.configuration="
                + place.folder().resolve("configuration/logging.properties").toUri(),
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + place.folder(),
            "-Djboss.https.port=" + place.port()));
    return command;
  }
}
