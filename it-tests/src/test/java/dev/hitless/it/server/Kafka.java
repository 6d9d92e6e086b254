package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.util.List;

/** A Kafka broker that is its own controller (KRaft) and serves clients over TLS. */
final class Kafka {

  private Kafka() {}

  static List<Server> servers() {
    return List.of(
        server("kafka", KeyFiles.PKCS12, List.of(Way.RENAME, Way.RECREATE)),
        server("kafka-pem", KeyFiles.PEM_ONE, List.of(Way.SYMLINK, Way.IN_PLACE)));
  }

  private static Server server(String name, KeyFiles files, List<Way> ways) {
    return new Server(
        name,
        "kafka",
        List.of(8, 11, 17, 21, 25),
        files,
        Slot.SINGLE,
        Talk.KAFKA,
        ways,
        Kafka::configure);
  }

  private static List<String> configure(Place place) throws IOException {
    // What "kafka-storage.sh format" writes; a JVM less to start.
    place.write(
        "data/meta.properties", "version=1\ncluster.id=hitless-it-tests-00000\nnode.id=1\n");
    place.write(
        "log4j.properties",
        """
        log4j.rootLogger=WARN, console
        log4j.appender.console=org.apache.log4j.ConsoleAppender
        log4j.appender.console.layout=org.apache.log4j.PatternLayout
        log4j.appender.console.layout.ConversionPattern=%d %p %m (%c)%n
        """);
    String password =
        place.files() == KeyFiles.PEM_ONE
            ? ""
            : "ssl.keystore.password=%1$s\nssl.key.password=%1$s\n".formatted(KeyFiles.PASSWORD);
    place.write(
        "server.properties",
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=SSL://127.0.0.1:%1$d,INTERNAL://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%2$d
        listener.security.protocol.map=SSL:SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=INTERNAL
        controller.listener.names=CONTROLLER
        log.dirs=%4$s
        offsets.topic.replication.factor=1
        ssl.keystore.type=%5$s
        ssl.keystore.location=%6$s
        %7$s
        """
            .formatted(
                place.port(),
                place.ports().next(),
                place.ports().next(),
                place.folder().resolve("data"),
                place.files().type(),
                place.keystore(),
                password));
    return List.of(
        "-Dlog4j.configuration=" + place.folder().resolve("log4j.properties").toUri(),
        "-cp",
        place.build().resolve("lib") + "/*",
        "kafka.Kafka",
        place.folder().resolve("server.properties").toString());
  }
}
