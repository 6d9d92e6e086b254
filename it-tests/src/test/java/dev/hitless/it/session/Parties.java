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
import dev.hitless.it.start.Probes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
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
    String subject = ca == Authorities.SERVERS ? "localhost" : name.replace("p12", "example");
    Identity identity = ca.issue(KeyKind.EC, List.of(subject));
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

  /** A client without hitless that offers tickets, or does not, where an id would do. */
  Peer client(boolean tickets) throws IOException {
    List<String> options = List.of("-Djdk.tls.client.enableSessionTicketExtension=" + tickets);
    return Peer.start(plain(), folder, options, List.of(client, server, other));
  }

  /** A server that reads a bundle of who may come in, and knows nothing of any rotation. */
  Peer bundleServer(Jdk jdk, Path bundle) throws IOException {
    return bundleServer(jdk, bundle, List.of("-cp", Probes.classes("mutual"), "app.MutualServer"));
  }

  /** The same with another implementation of TLS. */
  Peer bundleServerWithBcjsse(Jdk jdk, Path bundle) throws IOException {
    String classPath = Probes.withBcjsse("mutual");
    return bundleServer(
        jdk, bundle, List.of("-cp", classPath, "app.WithBcjsse", "app.MutualServer"));
  }

  private Peer bundleServer(Jdk jdk, Path bundle, List<String> program) throws IOException {
    List<String> options = List.of(Agent.flag("poll=100ms"));
    return Peer.startProgram(jdk, folder, options, program, List.of(server, bundle));
  }

  /** The bundle before, and after the authority of the client has left it. */
  static byte[] bundle(boolean withClients) throws GeneralSecurityException {
    List<X509Certificate> roots = new ArrayList<>(List.of(Authorities.OTHERS.root()));
    if (withClients) {
      roots.add(Authorities.CLIENTS.root());
    }
    return Pem.certificates(roots).getBytes(StandardCharsets.US_ASCII);
  }

  /** The key of the authority that neither server nor client has. */
  Path other() {
    return other;
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
