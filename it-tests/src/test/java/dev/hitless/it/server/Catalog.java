package dev.hitless.it.server;

import dev.hitless.it.jdk.Jdks;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every server that hitless is proved on. */
public final class Catalog {
  /** One of each way of setting up TLS: enough for every change, in a few minutes. */
  private static final Set<String> QUICK =
      Set.of(
          "httpsserver", "jetty-12", "kafka-pem", "netty-pem", "tomcat-9-keystore", "tomcat-9-pem");

  private Catalog() {}

  public static List<Server> all() {
    return Stream.of(
            Plain.servers(),
            Tomcat.servers(),
            Jetty.servers(),
            SpringBoot.servers(),
            WildFly.servers(),
            PayaraMicro.servers(),
            Kafka.servers(),
            ZooKeeper.servers())
        .flatMap(List::stream)
        .toList();
  }

  public static List<Server> quick() {
    return all().stream().filter(server -> QUICK.contains(server.name())).toList();
  }

  /** The feature releases from one on. */
  static List<Integer> from(int lowest) {
    return Jdks.FEATURES.stream().filter(feature -> feature >= lowest).toList();
  }
}
