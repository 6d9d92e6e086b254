package dev.hitless.it.session;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.start.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server and a client with certificates of two authorities, and a third that neither has. */
final class Parties {
  private static final Slot SLOT = Slot.SINGLE_EC.get(0);

  private final Path folder;
  private final Path server;
  private final Path client;
  private final Path other;

  Parties(Path folder) throws GeneralSecurityException, IOException {
    this.folder = folder;
    server = write("server.p12", Authorities.SERVERS);
    client = write("client.p12", Authorities.CLIENTS);
    other = write("other.p12", Authorities.OTHERS);
  }

  private Path write(String name, TestCa ca) throws GeneralSecurityException, IOException {
    Path file = folder.resolve(name);
    Path beside = folder.resolve(name + ".new");
    Identity identity = ca.issue(KeyKind.EC, List.of("localhost"));
    Files.write(beside, KeyFiles.PKCS12.write(Map.of(SLOT, identity)).get("server.p12"));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  /** Gives the server a new certificate of the same authority. */
  void renewServer() throws GeneralSecurityException, IOException {
    write("server.p12", Authorities.SERVERS);
  }

  /** The server with the agent. */
  Peer hitlessServer(Setting setting, String arguments) throws IOException {
    return Peer.start(
        setting.jdk(), folder, options(setting, arguments), List.of(server, client, other));
  }

  /** The client with the agent. */
  Peer hitlessClient(Setting setting) throws IOException {
    return Peer.start(
        setting.jdk(), folder, options(setting, "poll=100ms"), List.of(client, server, other));
  }

  private static List<String> options(Setting setting, String arguments) throws IOException {
    List<String> options = new ArrayList<>(setting.options());
    options.add(Agent.flag(arguments));
    return options;
  }

  /** A server without hitless. */
  Peer server() throws IOException {
    return Peer.start(plain(), folder, List.of(), List.of(server, client, other));
  }

  /** A client without hitless. */
  Peer client() throws IOException {
    return Peer.start(plain(), folder, List.of(), List.of(client, server, other));
  }

  private static Jdk plain() throws IOException {
    return Jdks.find().get(Runtime.version().feature());
  }

  /** A new client certificate and key in one PEM file. */
  Path clientPem() throws GeneralSecurityException, IOException {
    Identity identity = Authorities.CLIENTS.issue(KeyKind.EC, List.of("localhost"));
    return Files.writeString(
        folder.resolve("client.pem"), Pem.key(identity.key()) + Pem.certificates(identity.chain()));
  }

  /** Shared, because their RSA keys take longer to make than a server takes to start. */
  private static final class Authorities {
    static final TestCa SERVERS = create();
    static final TestCa CLIENTS = create();
    static final TestCa OTHERS = create();

    private static TestCa create() {
      try {
        return new TestCa();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
