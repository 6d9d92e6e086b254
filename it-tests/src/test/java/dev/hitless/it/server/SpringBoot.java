package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.util.List;

/** Spring Boot as an executable jar with its embedded Tomcat, configured by a file beside it. */
final class SpringBoot {

  private SpringBoot() {}

  static List<Server> servers() {
    return List.of(
        server("spring-boot-2", 2, 8, KeyFiles.PKCS12, List.of(Way.RENAME, Way.IN_PLACE)),
        server("spring-boot-2-pem", 2, 8, KeyFiles.PEM_PAIR, List.of(Way.KUBERNETES, Way.IN_PLACE)),
        server("spring-boot-3", 3, 17, KeyFiles.JKS, List.of(Way.RENAME, Way.RECREATE)),
        server("spring-boot-3-pem", 3, 17, KeyFiles.PEM_PAIR, List.of(Way.SYMLINK, Way.RENAME)),
        server(
            "spring-boot-3-openssl",
            3,
            List.of(17),
            KeyFiles.PEM_PAIR,
            List.of(Way.RENAME, Way.IN_PLACE),
            Tomcat.NATIVE));
  }

  private static Server server(
      String name, int generation, int fromJdk, KeyFiles files, List<Way> ways) {
    return server(name, generation, Catalog.from(fromJdk), files, ways, "");
  }

  /**
   * One that takes OpenSSL if it finds Tomcat's native library.
   *
   * @param libraries where it looks for that
   */
  private static Server server(
      String name,
      int generation,
      List<Integer> jdks,
      KeyFiles files,
      List<Way> ways,
      String libraries) {
    Launcher launcher = place -> configure(place, tls(place, generation), libraries);
    return new Server(
        name,
        "spring-boot-" + generation,
        jdks,
        files,
        Slot.SINGLE,
        Talk.HTTP,
        ways,
        libraries.isEmpty() ? launcher : new WithOpenssl(launcher));
  }

  private static String tls(Place place, int generation) {
    if (place.files() != KeyFiles.PEM_PAIR) {
      return """
          server.ssl.key-store=file:%s
          server.ssl.key-store-type=%s
          server.ssl.key-store-password=%s
          """
          .formatted(place.keystore(), place.files().type(), KeyFiles.PASSWORD);
    }
    Slot slot = place.slots().get(0);
    String pem =
        generation == 2
            ? """
              server.ssl.certificate=file:%s
              server.ssl.certificate-private-key=file:%s
              """
            : """
              server.ssl.bundle=web
              spring.ssl.bundle.pem.web.keystore.certificate=file:%s
              spring.ssl.bundle.pem.web.keystore.private-key=file:%s
              """;
    return pem.formatted(place.file(slot, ".crt"), place.file(slot, ".key"));
  }

  private static List<String> configure(Place place, String tls, String libraries)
      throws IOException {
    place.write(
        "application.properties",
        "server.address=127.0.0.1\nserver.port=%d\n%s".formatted(place.port(), tls));
    return List.of(
        "-Djava.library.path=" + libraries, "-jar", place.build().resolve("app.jar").toString());
  }
}
