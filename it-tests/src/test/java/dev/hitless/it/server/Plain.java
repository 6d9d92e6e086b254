package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.File;
import java.util.List;
import java.util.stream.Stream;

/** Small applications that embed a server: their sources are in the modules. */
final class Plain {

  /** What is as good as every JDK for another way into the same native library. */
  private static final List<Integer> SOME = List.of(8, 25);

  private Plain() {}

  static List<Server> servers() {
    return List.of(
        new Server(
            "httpsserver",
            "httpsserver",
            Catalog.from(8),
            KeyFiles.PKCS12,
            Slot.SINGLE,
            Talk.HTTP,
            List.of(Way.RENAME, Way.RECREATE),
            place -> main(place, "app.KeystoreServer", keystore(place))),
        new Server(
            "undertow",
            "undertow",
            Catalog.from(8),
            KeyFiles.JKS,
            Slot.SINGLE,
            Talk.HTTP,
            List.of(Way.SYMLINK, Way.IN_PLACE),
            place -> main(place, "app.UndertowServer", keystore(place))),
        new Server(
            "netty-pem",
            "netty",
            Catalog.from(8),
            KeyFiles.PEM_PAIR,
            Slot.SINGLE_EC,
            Talk.HTTP,
            List.of(Way.KUBERNETES, Way.RENAME),
            place -> main(place, "app.PemServer", pem(place))),
        nettyWithOpenssl("netty-openssl", Catalog.from(8), List.of(Way.RECREATE, Way.RENAME)),
        new Server(
            "netty-openssl-p12",
            "netty-openssl",
            SOME,
            KeyFiles.PKCS12,
            Slot.SINGLE,
            Talk.HTTP,
            List.of(Way.RENAME, Way.IN_PLACE),
            place -> main(place, "app.CachingServer", keystore(place))),
        nettyWithOpenssl("netty-openssl-2021", SOME, List.of(Way.KUBERNETES, Way.RENAME)),
        nettyWithOpenssl("netty-in-grpc", SOME, List.of(Way.SYMLINK, Way.IN_PLACE)));
  }

  private static Server nettyWithOpenssl(String module, List<Integer> jdks, List<Way> ways) {
    return new Server(
        module,
        module,
        jdks,
        KeyFiles.PEM_PAIR,
        Slot.SINGLE_EC,
        Talk.HTTP,
        ways,
        place ->
            Stream.concat(
                    Stream.of("-Dprovider=OPENSSL"),
                    main(place, "app.PemServer", pem(place)).stream())
                .toList());
  }

  static List<String> nettyOfTwoHosts(Place place) {
    Slot second = place.slots().get(1);
    List<String> files =
        Stream.concat(
                pem(place).stream(),
                Stream.of(second.host(), place.file(second, ".crt"), place.file(second, ".key")))
            .toList();
    return main(place, "app.PemServer", files);
  }

  private static List<String> keystore(Place place) {
    return List.of(place.keystore(), place.files().type(), KeyFiles.PASSWORD);
  }

  private static List<String> pem(Place place) {
    Slot slot = place.slots().get(0);
    return List.of(place.file(slot, ".crt"), place.file(slot, ".key"));
  }

  private static List<String> main(Place place, String mainClass, List<String> files) {
    String classPath =
        place.build().resolve("classes") + File.pathSeparator + place.build().resolve("lib") + "/*";
    return Stream.concat(
            Stream.of("-cp", classPath, mainClass, Integer.toString(place.port())), files.stream())
        .toList();
  }
}
