package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one run of a server lives.
 *
 * @param build what the server's module fetched or built; shared, never written
 * @param folder the run's own folder, and the server's working directory
 * @param ports for what else the server must listen on
 * @param port where the server is to listen on 127.0.0.1
 */
public record Place(
    Path build, Path folder, Jdk jdk, FreePorts ports, int port, KeyFiles files, List<Slot> slots) {

  /** The folder of the certificates, which the server only reads. */
  public Path tls() {
    return folder.resolve("tls");
  }

  /** The server's own folder, the only one in its zip. */
  Path home() throws IOException {
    try (Stream<Path> children = Files.list(build.resolve("home"))) {
      return children
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(() -> new IOException("the zip in " + build + " holds no folder"));
    }
  }

  /** A slot's file by its ending: {@code .crt}, {@code .key}, {@code .p12}. */
  String file(Slot slot, String suffix) {
    return tls().resolve(slot.name() + suffix).toString();
  }

  /** The keystore that holds all slots. */
  String keystore() {
    return tls().resolve("server" + files.suffix()).toString();
  }

  void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  void copyResource(String resource, String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    try (InputStream in = Place.class.getResourceAsStream("/" + resource)) {
      Files.copy(in, file);
    }
  }

  void copy(Path from, String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.copy(from, file);
  }
}
