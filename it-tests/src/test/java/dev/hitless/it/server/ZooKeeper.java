package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.util.List;

/**
 * A single ZooKeeper with nothing but its secure client port. Version 3.9 reads its keystore again
 * for every connection, so it refuses connections while it finds half a file, with or without
 * hitless; only ways that swap the file at once are fair to it.
 */
final class ZooKeeper {

  private ZooKeeper() {}

  static List<Server> servers() {
    return List.of(
        new Server(
            "zookeeper",
            "zookeeper",
            Catalog.from(8),
            KeyFiles.JKS,
            Slot.SINGLE,
            Talk.ZOOKEEPER,
            List.of(Way.RENAME, Way.SYMLINK),
            ZooKeeper::configure));
  }

  private static List<String> configure(Place place) throws IOException {
    place.write(
        "zoo.cfg",
        """
        tickTime=2000
        dataDir=%s
        secureClientPort=%d
        secureClientPortAddress=127.0.0.1
        serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
        admin.enableServer=false
        ssl.clientAuth=none
        ssl.keyStore.location=%s
        ssl.keyStore.type=%s
        ssl.keyStore.password=%s
        """
            .formatted(
                place.folder().resolve("data"),
                place.port(),
                place.keystore(),
                place.files().type(),
                KeyFiles.PASSWORD));
    place.write(
        "logback.xml",
        """
        <configuration>
          <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %p %m %ex{short}%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="console"/></root>
        </configuration>
        """);
    return List.of(
        "-Dlogback.configurationFile=" + place.folder().resolve("logback.xml"),
        "-cp",
        place.build().resolve("lib") + "/*",
        "org.apache.zookeeper.server.ZooKeeperServerMain",
        place.folder().resolve("zoo.cfg").toString());
  }
}
