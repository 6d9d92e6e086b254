package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.util.List;

/**
 * Payara Micro: GlassFish in one executable jar. It copies the keystore that it is given into a
 * folder of its own, points {@code javax.net.ssl.keyStore} to the copy, and reads only that. Its
 * port answers while it still starts; a handshake then, beside its own loading of classes, was seen
 * to fail in a static initializer, and for ever after.
 */
final class PayaraMicro implements Launcher {

  static List<Server> servers() {
    return List.of(
        new Server(
            "payara-micro-5",
            "payara-micro",
            List.of(8, 17),
            KeyFiles.PKCS12,
            Slot.SINGLE,
            Talk.HTTP,
            List.of(Way.RENAME, Way.IN_PLACE),
            new PayaraMicro()));
  }

  @Override
  public List<String> configure(Place place) {
    return List.of(
        "-Djavax.net.ssl.keyStore=" + place.keystore(),
        "-Djavax.net.ssl.keyStorePassword=" + KeyFiles.PASSWORD,
        "-jar",
        place.build().resolve("lib/payara-micro-5.2022.5.jar").toString(),
        "--nocluster",
        "--sslcert",
        place.slots().get(0).name(),
        "--rootdir",
        place.folder().resolve("root").toString(),
        "--port",
        Integer.toString(place.ports().next()),
        "--sslport",
        Integer.toString(place.port()));
  }

  @Override
  public String ready() {
    return " ready in ";
  }
}
